"""Addresses of pages: one form for each page, and what no address of an article may be."""

import polars as pl

HOST = r"^https?://(?:[^/?#]*@)?(\[[^\]]*\]|[^/?#:]+)"
LOCAL = r"(?:^|\.)localhost$|^[0-9.]+$|^\[|\.(?:local|internal|lan|home|test|invalid|onion)$"
ARCHIVES = (
    r"(?:^|\.)(?:web\.archive\.org|archive\.(?:ph|is|today|li|vn|md|fo)|perma\.cc|ghostarchive\.org|webcache\.googleusercontent\.com)$"
)
SEARCHES = r"^https?://(?:[a-z0-9-]+\.)*(?:google|bing|yandex|duckduckgo|baidu)\.[a-z.]+/(?:[^?]*/)?(?:search|\?)|/search/?\?(?:.*&)?(?:q|s|query|text)="
FRONT = r"(?i)^https?://[^/?#]+/?(?:(?:index|default|home)(?:\.[a-z]+)?/?)?(?:#.*)?$"
# An address with a host in ASCII letters and a long path has none of these faults but for the hosts named beside.
PLAIN = r"^https?://(?:[a-z0-9-]+\.)+[a-z]{2,}/[^?#@]{14,}$"
HOSTS = ["archive.", "perma.cc/", ".local/", ".internal/", ".lan/", ".home/", ".test/", ".invalid/", ".onion/", ".localhost/"]

TRACKERS = r"(?:utm_[a-z_]+|[a-z]*clid|mc_[a-z]+|at_[a-z_]+|ref|from|source|cmpid|share|amp|outputtype)(?:=[^&]*)?"
PREFIX = r"^https?://(?:(?:www[0-9]?|m|mobile|amp)\.)*"
# What may differ between two addresses of one page beside the beginning and a slash at the end.
ODD = ["#", "?", "%", "@", "/amp", ".amp", "/index.", "/default.", ":80", ":443"]
SAME = [
    (r"#.*$", ""),
    (r"^(https?://)[^/?]*@", "$1"),
    (r"^(https?://[^/?]+):(?:80|443)([/?]|$)", "$1$2"),
    (PREFIX, ""),
    (rf"([?&])(?:{TRACKERS}(?:&|$))+", "$1"),
    (r"[?&]+$", ""),
    (r"/+$", ""),
    (r"^([^/?]+)/amp(/|$)", "$1$2"),
    (r"/amp(\?|$)", "$1"),
    (r"\.amp(\.html?)?(\?|$)", "$1$2"),
    (r"/(?:index|default)\.[a-z]+(\?|$)", "$1"),
    (r"/+(\?|$)", "$1"),
]
# Unreserved characters may be escaped or not (RFC 3986, 6.2.2.2).
ESCAPES = {f"%{code:02X}": chr(code) for code in range(0x2D, 0x7F) if chr(code).isalnum() or chr(code) in "-._~"}


def canonical(urls: pl.Series) -> pl.Series:
    """The form that all addresses of one page share: without scheme, user, www, m, amp, port, tracker, fragment, needless escapes, slashes."""
    odd = urls.str.contains_any(ODD) | ~urls.str.contains(r"^https?://[^A-Z/]+/")
    whole = urls.filter(odd).str.replace_many(list(ESCAPES), list(ESCAPES.values()), ascii_case_insensitive=True)
    host = whole.str.extract(r"^(https?://[^/?#]*)").str.to_lowercase()
    whole = host + whole.str.replace(r"^https?://[^/?#]*", "")
    for pattern, instead in SAME:
        whole = whole.str.replace(pattern, instead)
    plain = urls.str.replace(PREFIX, "").str.strip_chars_end("/")
    return plain.scatter(odd.arg_true(), whole) if whole.len() else plain


def suspect(url: pl.Expr) -> pl.Expr:
    """Whether one of the ``faults`` may be there: few addresses are looked at more closely."""
    return ~url.str.contains(PLAIN) | url.str.contains_any(HOSTS)


def faults(url: pl.Expr) -> list[tuple[pl.Expr, str]]:
    """What makes an address none of an article, and what to say of it."""
    host = url.str.extract(HOST).str.to_lowercase()
    return [
        (url.str.contains(r"^https?://[^/?#]*@"), "The address holds a user's name. Remove it."),
        (
            ~host.str.contains(".", literal=True) | host.str.contains(LOCAL),
            "The address leads to this or a private machine. Give the page's public address.",
        ),
        (host.str.contains(r"[^\x00-\x7F]"), "The host has letters of another script. Copy the address from the page, its host in ASCII."),
        (host.str.contains(ARCHIVES), "An archive's copy. Put the page's own address here, and the copy into archive_url."),
        (url.str.contains(FRONT), "A front page is no article. Give the article's own address."),
        (url.str.contains(SEARCHES), "A search result is no article. Give the article's own address."),
    ]
