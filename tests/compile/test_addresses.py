"""One page has one address, and no address of an article is left unsaid."""

import polars as pl
import pytest

from scripts.compile import addresses

PAGE = "example.org/news/2021/a-page"
SAME = [
    "http://example.org/news/2021/a-page", "https://EXAMPLE.org/news/2021/a-page", "https://www.example.org/news/2021/a-page/", "https://m.example.org/news/2021/a-page",
    "https://amp.example.org/news/2021/a-page", "https://example.org/amp/news/2021/a-page", "https://example.org/news/2021/a-page/amp/", "https://example.org/news/2021/a-page?amp",
    "https://example.org/news/2021/a-page.amp", "https://example.org:443/news/2021/a-page", "https://user@example.org/news/2021/a-page", "https://example.org/news/2021/a-page#top",
    "https://example.org/news/2021/a-page?utm_source=x&utm_medium=y", "https://example.org/news/2021/a-page?fbclid=x", "https://example.org/news/2021/%61-pag%65", "https://example.org/news/2021/a%2Dpage",
    "https://example.org/news/2021/a-page/index.html", "https://example.org/news/2021/a-page?",
]  # fmt: skip
OTHER = [
    "https://example.org/news/2021/a-page-2", "https://example.org/News/2021/a-page", "https://example.org/news/2021/a-page?id=3", "https://en.example.org/news/2021/a-page",
    "https://example.org:8080/news/2021/a-page", "https://example.org/news/2021/a-page/print", "https://example.org/news/2021/a-page?reference=1", "https://example.org/news/2021/a%2Fpage",
]  # fmt: skip


def test_one_page_has_one_form() -> None:
    assert set(addresses.canonical(pl.Series(SAME))) == {PAGE}


def test_another_page_keeps_its_own() -> None:
    forms = addresses.canonical(pl.Series(OTHER))
    assert PAGE not in set(forms) and forms.n_unique() == len(OTHER)


def test_a_parameter_stays_behind_a_tracker() -> None:
    urls = pl.Series(["https://example.org/a?utm_source=x&id=3", "https://example.org/a/?id=3", "http://www.example.org/a?id=3&ref=home"])
    assert set(addresses.canonical(urls)) == {"example.org/a?id=3"}


FAULTS = {
    "user": ["https://user:word@example.org/a/page/of/it"],
    "machine": ["http://localhost/a/page/of/it", "http://intranet/a/page/of/it", "https://127.0.0.1/a/page/of/it", "http://[::1]/a/page/of/it", "https://news.local/a/page/of/it/all"],
    "script": ["https://ex\u0430mple.org/a/page/of/it", "https://example\u3002org.com/a/page/of/it"],
    "archive": ["https://web.archive.org/web/2021/https://example.org/a", "https://archive.ph/abcde-a-long-name"],
    "front page": ["https://example.org", "https://example.org/", "https://example.org/index.php", "https://example.org/home/", "https://example.org/#news"],
    "search result": ["https://www.google.com/search?q=Italy", "https://duckduckgo.com/?q=Italy", "https://example.org/search?q=Italy", "https://example.org/en/search/?lang=en&query=Italy"],
}  # fmt: skip
SOUND = [
    "https://example.org/?p=12", "https://example.org/index.php?id=7", "https://example.org/news/1", "https://example.org/research?quarter=1", "https://news.google.com.example.org/articles/abc",
    "https://localnews.org/archive.php/a-page-of-it", "https://example.org/search/label/expulsions", "https://archive.example.org/2021/a-page-of-it",
]  # fmt: skip


def _told(url: str) -> list[str]:
    frame = pl.DataFrame({"url": [url]}).filter(addresses.suspect(pl.col("url")))
    return [message for fault, message in addresses.faults(pl.col("url")) if frame.filter(fault).height]


@pytest.mark.parametrize(("kind", "url"), [(kind, url) for kind, urls in FAULTS.items() for url in urls])
def test_what_is_no_article_is_told(kind: str, url: str) -> None:
    output = _told(url)
    assert len(output) == 1 and kind in output[0]


@pytest.mark.parametrize("url", SOUND)
def test_what_may_be_an_article_is_not(url: str) -> None:
    assert _told(url) == []
