"""Slips with what describes a page: its language, its title, its publisher, its agency, its address."""

import random
import re
from html.entities import codepoint2name
from urllib.parse import urlsplit

from tests.measure.tired.articles import domain, one_statement
from tests.measure.tired.base import (
    Found,
    Tables,
    choose,
    fault,
    full,
    groups,
    hit,
    mojibake,
    pick,
    spot,
)
from tests.measure.tired.ids import fresh_article, rename_article


@fault("texts")
def language_is_a_country(tables: Tables, rng: random.Random) -> Found | None:
    """The country's code typed for the language: cz, ua, rs, se, dk, gr."""
    wrong = {"cs": "cz", "uk": "ua", "sr": "rs", "sv": "se", "da": "dk", "el": "gr", "et": "ee", "sl": "si", "ja": "jp"}
    row = pick(rng, tables["articles"], lambda r: r["language"] in wrong)
    row["language"] = wrong[row["language"]]
    return hit("articles", row)


@fault("texts")
def language_of_another_script(tables: Tables, rng: random.Random) -> Found | None:
    """A page with a Cyrillic title left as English by fill-down."""
    row = pick(rng, tables["articles"], lambda r: r["language"] == "ru" and re.search("[а-я]{5}", r["title"]))
    row["language"] = "en"
    return hit("articles", row)


@fault("texts")
def language_of_a_neighbour(tables: Tables, rng: random.Random) -> Found | None:
    """Russian taken for Ukrainian or Bulgarian, though the title has letters which these lack."""
    row = pick(rng, tables["articles"], lambda r: r["language"] == "ru" and "ы" in r["title"])
    row["language"] = choose(rng, ("uk", "bg"))
    return hit("articles", row)


@fault("texts", visible=False)
def language_of_the_translation(tables: Tables, rng: random.Random) -> Found | None:
    """The browser had translated the page, whose title was described in English: coded as English."""
    row = pick(rng, tables["articles"], lambda r: r["language"] not in ("en", "ru") and re.fullmatch(r"[ -~]+", r["title"]))
    row["language"] = "en"
    return hit("articles", row)


@fault("publishers")
def ministry_as_newspaper(tables: Tables, rng: random.Random) -> Found | None:
    """Fill-down: a ministry's page is a newspaper's."""
    row = pick(rng, tables["articles"], lambda r: r["kind"] == "ministry")
    row["kind"] = "newspaper"
    return hit("articles", row)


@fault("publishers")
def kind_unlike_its_publisher(tables: Tables, rng: random.Random) -> Found | None:
    """One page of a publisher is of another kind than all its others."""
    mine = groups(tables["articles"], "publisher")
    row = pick(rng, tables["articles"], lambda r: len(mine[r["publisher"]]) > 2 and len({x["kind"] for x in mine[r["publisher"]]}) == 1)
    row["kind"] = choose(rng, {"newspaper", "broadcaster", "agency"} - {row["kind"]})
    return hit("articles", row)


@fault("publishers")
def publisher_written_two_ways(tables: Tables, rng: random.Random) -> Found | None:
    """The same publisher once with an article, a domain or a stop: it counts as two."""
    mine = groups(tables["articles"], "publisher")
    row = pick(rng, tables["articles"], lambda r: len(mine[r["publisher"]]) > 1)
    name = row["publisher"]
    row["publisher"] = choose(rng, {name + ".com", name.upper(), name.lower(), "The " + name} - {name})
    return hit("articles", row)


@fault("publishers")
def publisher_of_the_row_above(tables: Tables, rng: random.Random) -> Found | None:
    """Filled down: the publisher of the row above, at another address."""
    rows = tables["articles"]
    unlike = (i for i in range(1, len(rows)) if domain(rows[i]) != domain(rows[i - 1]))
    i = spot(rng, (i for i in unlike if rows[i]["publisher"] != rows[i - 1]["publisher"]))
    rows[i]["publisher"] = rows[i - 1]["publisher"]
    return hit("articles", rows[i])


@fault("publishers")
def publisher_letter_lost(tables: Tables, rng: random.Random) -> Found | None:
    """A letter of the publisher's name is lost, on its only page; the id still has it."""
    mine = groups(tables["articles"], "publisher")
    row = pick(rng, tables["articles"], lambda r: len(mine[r["publisher"]]) == 1 and len(r["publisher"]) > 7)
    i = rng.randrange(2, len(row["publisher"]) - 1)
    row["publisher"] = row["publisher"][:i] + row["publisher"][i + 1 :]
    return hit("articles", row)


@fault("publishers", visible=False)
def agency_overlooked(tables: Tables, rng: random.Random) -> Found | None:
    """The agency's initials at the foot of the page were overlooked: one origin counts as two."""
    row = pick(rng, tables["articles"], lambda r: r["agency"])
    row["agency"] = ""
    return hit("articles", row)


@fault("publishers")
def agency_written_two_ways(tables: Tables, rng: random.Random) -> Found | None:
    """The agency written in another way: it counts as another origin."""
    wrong = {"RIA Novosti": "RIA", "TASS": "ITAR-TASS", "dpa": "Dpa", "AFP": "Agence France-Presse", "Reuters": "Reuters.", "AP": "A.P."}
    row = pick(rng, tables["articles"], lambda r: r["agency"] in wrong)
    row["agency"] = wrong[row["agency"]]
    return hit("articles", row)


@fault("publishers", visible=False)
def agency_of_another_item(tables: Tables, rng: random.Random) -> Found | None:
    """The agency of the next tab typed: another plausible one."""
    usual = {"TASS", "Reuters", "RIA Novosti", "Interfax", "AFP"}
    papers = [row for row in tables["articles"] if row["kind"] == "newspaper"]
    row = pick(rng, papers, lambda r: r["agency"] in usual and r["agency"].lower()[:3] not in r["url"])
    row["agency"] = choose(rng, usual - {row["agency"]})
    return hit("articles", row)


@fault("publishers")
def agency_in_publisher(tables: Tables, rng: random.Random) -> Found | None:
    """The agency typed as the publisher of a paper's page, the agency column left empty."""
    row = pick(rng, tables["articles"], lambda r: r["agency"] and r["agency"] != r["publisher"] and r["kind"] == "newspaper")
    row["publisher"], row["agency"] = row["agency"], ""
    return hit("articles", row)


@fault("texts")
def title_in_wrong_code_page(tables: Tables, rng: random.Random) -> Found | None:
    """The title pasted through a program that took UTF-8 for a Western code page."""
    row = pick(rng, tables["articles"], lambda r: re.search("[à-ž]", r["title"]))
    row["title"] = mojibake(row["title"]).replace("\x9d", "").replace("\ufffd", "")
    return hit("articles", row)


@fault("texts")
def title_of_question_marks(tables: Tables, rng: random.Random) -> Found | None:
    """Saved in a code page without Cyrillic: the title is question marks."""
    row = pick(rng, tables["articles"], lambda r: re.search("[а-я]{5}", r["title"]))
    row["title"] = re.sub("[А-Яа-яЁёІіЇїЄє]", "?", row["title"])
    return hit("articles", row)


@fault("texts")
def title_with_entities(tables: Tables, rng: random.Random) -> Found | None:
    """The title copied from the page's source, entities and all."""
    row = pick(rng, tables["articles"], lambda r: re.search("[\"'“”«»–&]", r["title"]))
    row["title"] = re.sub("[\"'“”«»–&]", lambda m: f"&{codepoint2name.get(ord(m[0]), '#39')};", row["title"])
    return hit("articles", row)


@fault("texts")
def titles_of_two_rows_exchanged(tables: Tables, rng: random.Random) -> Found | None:
    """Two neighbouring titles, of different languages, pasted the wrong way round."""
    rows = tables["articles"]
    i = spot(rng, (i for i in range(len(rows) - 1) if rows[i]["language"] != rows[i + 1]["language"]))
    rows[i]["title"], rows[i + 1]["title"] = rows[i + 1]["title"], rows[i]["title"]
    return hit("articles", rows[i])


@fault("texts")
def title_with_latin_letters(tables: Tables, rng: random.Random) -> Found | None:
    """The keyboard stood on Latin: a Cyrillic word begins with a Latin letter that looks the same."""
    twins = dict(zip("АВЕКМНОРСТ", "ABEKMHOPCT", strict=True))
    row = pick(rng, tables["articles"], lambda r: r["title"][:1] in twins and re.match("[А-Яа-я]{4}", r["title"]))
    row["title"] = twins[row["title"][0]] + row["title"][1:]
    return hit("articles", row)


@fault("links to pages")
def address_cut(tables: Tables, rng: random.Random) -> Found | None:
    """The end of a long address was not selected when it was copied."""
    row = pick(rng, tables["articles"], lambda r: len(r["url"]) > 90 and not r["url"].endswith("-"))
    row["url"] = row["url"][: row["url"].rfind("-", 40, 75) + 1] or row["url"][:70]
    return hit("articles", row)


@fault("links to pages")
def address_of_the_search_engine(tables: Tables, rng: random.Random) -> Found | None:
    """The address was copied from the result list of the search engine."""
    row = pick(rng, tables["articles"], lambda r: "google" not in r["url"])
    row["url"] = f"https://www.google.com/url?sa=t&url={row['url']}"
    return hit("articles", row)


@fault("links to pages")
def address_of_the_front_page(tables: Tables, rng: random.Random) -> Found | None:
    """The page redirected to the front page of the outlet, whose address was copied."""
    row = pick(rng, tables["articles"], lambda r: len(r["url"]) > 60)
    parts = urlsplit(row["url"])
    row["url"] = f"{parts.scheme}://{parts.netloc}/"
    return hit("articles", row)


@fault("links to pages")
def article_id_of_another_publisher(tables: Tables, rng: random.Random) -> Found | None:
    """A copied id in which only the day was changed: the name of another publisher stands in it."""
    row = pick(rng, one_statement(tables), lambda r: full(r["published_on"]) and r["article_id"].endswith(r["published_on"]))
    other = pick(rng, tables["articles"], lambda r: r["article_id"].endswith(r["published_on"]) and domain(r) != domain(row))
    name = fresh_article(tables, other["article_id"].removesuffix(other["published_on"]) + row["published_on"])
    rename_article(tables, row["article_id"], name)
    return hit("articles", row)


@fault("links to pages", visible=False)
def hash_in_the_wrong_row(tables: Tables, rng: random.Random) -> Found | None:
    """The hash of a held text pasted one row too low."""
    row = pick(rng, tables["articles"][:-1], lambda r: r["text_sha256"])
    below = tables["articles"][[r is row for r in tables["articles"]].index(True) + 1]
    row["text_sha256"], below["text_sha256"] = below["text_sha256"], row["text_sha256"]
    return hit("articles", below)


@fault("texts")
def publisher_with_stray_blank(tables: Tables, rng: random.Random) -> Found | None:
    """A no-break space came along at the end of a publisher's name."""
    row = pick(rng, tables["articles"], lambda r: r["publisher"])
    row["publisher"] += choose(rng, ("\u00a0", " ", "\u200b"))
    return hit("articles", row)
