"""The one frame of every HTML page that is written here: head, policy and style, and Markdown as HTML inside it.

A page needs nothing else: its style and its script stand in it, its policy admits these two by their hashes and no host.
"""

import base64
import hashlib
from html import escape
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

STYLE = Path(__file__).with_name("page.css")


def frame(title: str, body: str, style: str = "", script: str = "") -> str:
    """A whole page. ``title`` is text and ``body`` HTML; ``style`` comes after the common one, ``script`` at the end."""
    style = STYLE.read_text(encoding="utf-8") + style
    run = f"<script>{script}</script>\n" if script else ""
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy(style, script)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="referrer" content="no-referrer">\n'
        f'<meta name="color-scheme" content="light dark">\n<title>{escape(title)}</title>\n<link rel="icon" href="data:,">\n'
        f"<style>{style}</style>\n</head>\n<body>\n{body}\n{run}</body>\n</html>\n"
    )


def digest(text: str) -> str:
    """The source expression by which a policy admits an inline script or style."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def policy(style: str, script: str = "") -> str:
    """The content-security policy: this style and this script, nothing else, no host; text never becomes markup."""
    admitted = f"script-src {digest(script)}; " if script else ""
    return (
        f"default-src 'none'; {admitted}style-src {digest(style)}; img-src data:; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
    )


def markdown(text: str, folding: int, top: int = 1) -> str:
    """Markdown as HTML; raw HTML in it stays text.

    Each heading of level ``folding`` is the summary of a part that folds, up to the next heading of its level or above; one of level 1
    becomes ``h{top}``. Tables scroll on their own and are named after the heading above them.
    """
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    shown: list[Token] = []
    folded, heading = False, ""
    tokens = reader.parse(text)
    for at, token in enumerate(tokens):
        level = int(token.tag[1:]) if token.type.startswith("heading") else 0
        if token.type == "heading_open":
            heading = "".join(child.content for child in tokens[at + 1].children or [])
            if folded and level <= folding:
                shown.append(_html("</details>\n"))
                folded = False
        if level == folding:
            folded = True
            shown.append(_html("<details><summary>" if token.nesting == 1 else "</summary>\n"))
        elif level:
            token.tag = f"h{level + top - 1}"
            shown.append(token)
        elif token.type == "table_open":
            label = f"{heading}, columns" if heading else "Columns"
            shown += [_html(f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(label)}">'), token]
        elif token.type == "table_close":
            shown += [token, _html("</div>\n")]
        else:
            # The policy admits no style of one element.
            if token.type in ("th_open", "td_open"):
                if token.attrs.pop("style", "") == "text-align:right":
                    token.attrSet("class", "number")
                if token.tag == "th":
                    token.attrSet("scope", "col")
            shown.append(token)
    return reader.renderer.render([*shown, *([_html("</details>\n")] if folded else [])], reader.options, {})


def _html(text: str) -> Token:
    return Token("html_block", "", 0, content=text)
