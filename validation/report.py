"""The validation report as one page that needs nothing else: no script, no other host."""

from html import escape
from typing import Any

from scripts.package.page import frame

HEADS = {"Expectation": "", "Reason": "", "Checked": ' class="number"', "Unexpected": ' class="number"', "Outcome": ""}


def page(results: dict[str, Any]) -> str:
    """HTML of the outcome of ``validation.run.validate``."""
    checks = [check for suite in results["suites"] for check in suite["checks"]]
    failed = sum(not check["success"] for check in checks) + len(results["frictionless"]) + len(results["waivers"])
    title = f"Validation of Diplomatic Expulsions {results['version']}"
    sections = "".join(_section(suite, results["rules"]) for suite in results["suites"])
    form = (
        "".join(f"<li>{escape(e)}</li>" for e in results["frictionless"])
        or '<li class="yes">Frictionless: descriptor, types, keys and references are valid.</li>'
    )
    form += "".join(f"<li>{escape(e)}</li>" for e in results["waivers"])
    return frame(
        title,
        f'<main class="reading checks">\n<h1>{escape(title)}</h1>\n'
        f"<p>{len(checks)} expectations in {len(results['suites'])} suites: {_verdict(failed)}.</p>\n"
        f'<p class="note">Fingerprint of the tables: <code>{escape(results["fingerprint"])}</code></p>\n'
        f"<ul>{form}</ul>\n{sections}</main>",
    )


def _verdict(failed: int) -> str:
    return f'<strong class="no">{failed} failed</strong>' if failed else '<span class="yes">all hold</span>'


def _section(suite: dict[str, Any], rules: dict[str, list[dict[str, Any]]]) -> str:
    failed = sum(not check["success"] for check in suite["checks"])
    rows = "".join(_row(check, rules) for check in suite["checks"])
    heads = "".join(f'<th scope="col"{kind}>{name}</th>' for name, kind in HEADS.items())
    return (
        f"<details{' open' if failed else ''}><summary>{escape(suite['suite'])} "
        f'<span class="note">({len(suite["checks"])})</span> {_verdict(failed)}</summary>\n'
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(suite["suite"])}"><table>\n'
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table></div></details>\n"
    )


def _row(check: dict[str, Any], rules: dict[str, list[dict[str, Any]]]) -> str:
    arguments = ", ".join(f"{k}={v}" for k, v in check["kwargs"].items() if k not in ("value_set", "column_list", "regex"))
    outcome = '<span class="yes">holds</span>' if check["success"] else '<strong class="no">fails</strong>'
    rows = check["rows"] or (rules.get(str(check["kwargs"].get("column")), []) if not check["success"] else [])
    listed = "".join(f"<br><code>{escape(str(row))}</code>" for row in rows[:20])
    name = check["expectation"].removeprefix("expect_").replace("_", " ")
    checked = "" if check["checked"] is None else check["checked"]
    return (
        f'<tr><td>{escape(name)}<br><code class="note">{escape(arguments)}</code></td><td>{escape(check["reason"])}{listed}</td>'
        f'<td class="number">{checked}</td><td class="number">{check["unexpected"]}</td><td>{outcome}</td></tr>\n'
    )
