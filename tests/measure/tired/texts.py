"""Slips with the sentences of the coders: damaged, cut, pasted, about another state or another number."""

import random
import re
import unicodedata

from tests.measure.tired.base import Found, Tables, about, article_of, exact, fault, has, hit, like, mojibake, pick, spot, unlike

TWINS = {
    "Slovak": "Slovenian", "Slovenian": "Slovak", "Latvian": "Lithuanian", "Lithuanian": "Latvian", "Austrian": "Australian",
    "Swedish": "Swiss", "Bulgarian": "Belgian", "Belgian": "Bulgarian", "Estonian": "Icelandic", "Norwegian": "Dutch",
    "Dutch": "Danish", "Danish": "Dutch", "Romanian": "Hungarian", "Polish": "Portuguese", "Irish": "Icelandic", "Czech": "Chechen",
    "Macedonian": "Montenegrin", "Moldovan": "Ukrainian",
}  # fmt: skip
NUMBERS = {"two": "ten", "three": "thirteen", "four": "fourteen", "five": "fifteen", "six": "sixty", "seven": "eleven", "ten": "two"}


@fault("texts")
def sentence_in_wrong_code_page(tables: Tables, rng: random.Random) -> Found | None:
    """UTF-8 opened as a Western code page and saved: the accents are debris."""
    row = pick(rng, tables["statements"], lambda r: re.search("[à-öø-ýčšžăęłńćś’]", r["says"]))
    row["says"] = mojibake(row["says"]).replace("\ufffd", "")
    return hit("statements", row)


@fault("texts")
def figure_wording_in_wrong_code_page(tables: Tables, rng: random.Random) -> Found | None:
    """The printed wording, in Cyrillic, saved in a code page without it."""
    row = pick(rng, tables["statements"], like("figure_as_printed", "[а-я]{3}"))
    row["figure_as_printed"] = re.sub("[А-Яа-яЁёІіЇїЄє]", "?", row["figure_as_printed"])
    return hit("statements", row)


@fault("texts")
def letters_taken_apart(tables: Tables, rng: random.Random) -> Found | None:
    """A file name or a web form took the accents off their letters (decomposed Unicode)."""
    row = pick(rng, tables["statements"], lambda r: unicodedata.normalize("NFD", r["says"]) != r["says"])
    row["says"] = unicodedata.normalize("NFD", row["says"])
    return hit("statements", row)


@fault("texts")
def sentence_cut(tables: Tables, rng: random.Random) -> Found | None:
    """The end of the sentence was lost in pasting."""
    row = pick(rng, tables["statements"], lambda r: len(r["says"]) > 110)
    row["says"] = row["says"][: rng.randint(60, 90)].rstrip(" .")
    return hit("statements", row)


@fault("texts")
def sentence_cut_at_its_comma(tables: Tables, rng: random.Random) -> Found | None:
    """Without quotation marks the comma ended the cell: everything after it moved one column to the right."""
    row = pick(rng, tables["statements"], like("says", "^[^,]{30,}, [^,]{10,}$"))
    columns = list(row)
    start = columns.index("says")
    cells = [row[c] for c in columns]
    for column, cell in zip(columns[start:], [*row["says"].split(", ", 1), *cells[start + 1 : -1]], strict=True):
        row[column] = cell
    return hit("statements", row)


@fault("texts")
def sentence_of_another_row(tables: Tables, rng: random.Random) -> Found | None:
    """The sentence of the row above, about another decision, pasted once more."""
    rows = tables["statements"]
    i = spot(rng, (i for i in range(1, len(rows)) if rows[i]["expulsion_id"] != rows[i - 1]["expulsion_id"]))
    rows[i]["says"] = rows[i - 1]["says"]
    return hit("statements", rows[i])


@fault("texts")
def sentences_of_two_rows_exchanged(tables: Tables, rng: random.Random) -> Found | None:
    """Two sentences of one page, on two decisions, are in each other's rows."""
    rows = tables["statements"]
    near = (i for i in range(1, len(rows)) if rows[i]["article_id"] == rows[i - 1]["article_id"])
    i = spot(rng, (i for i in near if rows[i]["expulsion_id"] != rows[i - 1]["expulsion_id"]))
    rows[i]["says"], rows[i - 1]["says"] = rows[i - 1]["says"], rows[i]["says"]
    return hit("statements", rows[i])


@fault("texts")
def sentence_about_another_state(tables: Tables, rng: random.Random) -> Found | None:
    """Slovak for Slovenian, Latvian for Lithuanian: the sentence is about another state."""
    names = "|".join(TWINS)
    row = pick(rng, tables["statements"], lambda r: re.search(rf"\b({names})\b", r["says"]))
    row["says"] = re.sub(rf"\b({names})\b", lambda m: TWINS[m[1]], row["says"])
    return hit("statements", row)


@fault("texts")
def sentence_the_wrong_way_round(tables: Tables, rng: random.Random) -> Found | None:
    """Who expels whom is turned round in the sentence: the two adjectives are exchanged."""
    pair = r"\b(Russian)\b(.*?)\b(Polish|German|Czech|Estonian|Bulgarian|Romanian|Swedish|Dutch|American|Norwegian)\b"
    row = pick(rng, tables["statements"], lambda r: re.search(pair, r["says"]))
    row["says"] = re.sub(pair, r"\3\2\1", row["says"], count=1)
    return hit("statements", row)


@fault("texts")
def another_number_in_the_sentence(tables: Tables, rng: random.Random) -> Found | None:
    """The number word of the sentence is another one than that of the columns."""
    words = {"2": "two", "3": "three", "4": "four", "5": "five", "6": "six", "7": "seven", "10": "ten"}
    row = pick(rng, tables["statements"], exact, lambda r: re.search(rf"(?i)\b{words.get(r['officials_low'], '#')}\b", r["says"]))
    word = words[row["officials_low"]]
    row["says"] = re.sub(rf"(?i)\b{word}\b", lambda m: NUMBERS[word].capitalize() if m[0][0].isupper() else NUMBERS[word], row["says"])
    return hit("statements", row)


@fault("texts")
def another_year_in_the_sentence(tables: Tables, rng: random.Random) -> Found | None:
    """The year in the sentence is last year's, in the columns it is right."""
    row = pick(rng, tables["statements"], lambda r: r["announced_on"] and re.search(rf"\b{r['announced_on'][:4]}\b", r["says"]))
    year = row["announced_on"][:4]
    row["says"] = row["says"].replace(year, str(int(year) - 1))
    return hit("statements", row)


@fault("texts")
def headline_for_a_sentence(tables: Tables, rng: random.Random) -> Found | None:
    """The page's own headline, in its language, pasted where the coder's sentence belongs."""
    titles = {row["article_id"]: row for row in tables["articles"]}
    row = pick(rng, tables["statements"], lambda r: not titles[r["article_id"]]["title"].isascii())
    row["says"] = article_of(tables, row)["title"]
    return hit("statements", row)


@fault("texts")
def sentence_twice_in_its_cell(tables: Tables, rng: random.Random) -> Found | None:
    """Pasted twice: the sentence stands in its cell two times."""
    row = pick(rng, tables["statements"], lambda r: len(r["says"]) < 160)
    row["says"] = f"{row['says']} {row['says']}"
    return hit("statements", row)


@fault("texts")
def sentence_left_empty(tables: Tables, rng: random.Random) -> Found | None:
    """To be written later, and forgotten."""
    row = pick(rng, tables["statements"])
    row["says"] = ""
    return hit("statements", row)


@fault("texts")
def working_note_in_the_sentence(tables: Tables, rng: random.Random) -> Found | None:
    """The coder's own question was left in the sentence."""
    row = pick(rng, tables["statements"])
    row["says"] += " ?? check number again, other page has more"
    return hit("statements", row)


@fault("texts")
def line_break_in_the_sentence(tables: Tables, rng: random.Random) -> Found | None:
    """A line break of the page's layout came along."""
    row = pick(rng, tables["statements"], lambda r: r["says"].count(" ") > 10)
    words = row["says"].split(" ")
    row["says"] = " ".join(words[:8]) + "\n" + " ".join(words[8:])
    return hit("statements", row)


@fault("texts")
def term_mended_by_the_program(tables: Tables, rng: random.Random) -> Found | None:
    """The spelling checker made another phrase of persona non grata."""
    row = pick(rng, tables["statements"], like("says", "persona non grata"))
    row["says"] = row["says"].replace("persona non grata", "personal non granted")
    return hit("statements", row)


@fault("texts")
def formula_sign_before_the_wording(tables: Tables, rng: random.Random) -> Found | None:
    """A plus sign before the figure, which a spreadsheet runs as a formula."""
    row = pick(rng, tables["statements"], like("figure_as_printed", "^[0-9]+$"))
    row["figure_as_printed"] = "+" + row["figure_as_printed"]
    return hit("statements", row)


@fault("texts")
def unspaced_comma_list(tables: Tables, rng: random.Random) -> Found | None:
    """Several grounds separated by a comma as in other files."""
    row = pick(rng, tables["statements"], like("grounds", " "))
    row["grounds"] = row["grounds"].replace(" ", ", ")
    return hit("statements", row)


@fault("texts")
def value_in_capitals(tables: Tables, rng: random.Random) -> Found | None:
    """The program begins each cell with a capital letter."""
    row = pick(rng, tables["statements"], has(measure="persona_non_grata"))
    row["measure"] = "Persona_non_grata"
    return hit("statements", row)


@fault("texts", visible=False)
def sentence_of_the_same_event(tables: Tables, rng: random.Random) -> Found | None:
    """A sentence written from memory of a sister page: its one detail is not on this page."""
    mine = about(tables)
    many = [row for row in tables["statements"] if len(mine[row["expulsion_id"]]) > 2]
    row = pick(rng, many, exact, has(attribution="press"), unlike("says", "summon|handed|note"))
    row["says"] = row["says"].rstrip(".") + "; a note was handed over in the ministry that day."
    return hit("statements", row)
