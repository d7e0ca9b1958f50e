"""Slips with whom a figure covers: parts and wholes, diplomats among others, posts, ceilings."""

import random
import re

from tests.measure.tired.base import Found, Tables, about, exact, fault, figure, groups, has, has_figure, hit, index, pick, plain
from tests.measure.tired.figures import agreed, number


def wholes(tables: Tables) -> dict[str, list[int]]:
    """The plain whole figures of each decision."""
    return {e: [number(r) for r in rows if plain(r)] for e, rows in about(tables).items()}


@fault("extent")
def part_coded_as_whole(tables: Tables, rng: random.Random) -> Found | None:
    """The first group to leave, or one mission's people, coded as all; the other statements have more."""
    others = wholes(tables)
    row = pick(rng, tables["statements"], has(covers="part"), has_figure, lambda r: max(others[r["expulsion_id"]], default=0) > number(r))
    row["covers"] = "whole"
    return hit("statements", row)


@fault("extent", visible=False)
def whole_coded_as_part(tables: Tables, rng: random.Random) -> Found | None:
    """All of them taken for the diplomats among them."""
    row = pick(rng, tables["statements"], plain, has(counted_unit="diplomats"), lambda r: number(r) > 1)
    row["covers"] = "part"
    return hit("statements", row)


@fault("extent")
def families_coded_as_whole(tables: Tables, rng: random.Random) -> Found | None:
    """A figure with families or local staff in it counts as the decision's own: it is above all others."""
    others = wholes(tables)
    row = pick(rng, tables["statements"], has(covers="beyond"), has_figure, lambda r: number(r) > max(others[r["expulsion_id"]], default=0))
    row["covers"] = "whole"
    return hit("statements", row)


@fault("extent")
def outsiders_beside_a_part(tables: Tables, rng: random.Random) -> Found | None:
    """A figure that plainly holds outsiders is said to be a part."""
    row = pick(rng, tables["statements"], has(covers="beyond", includes_outsiders="yes"))
    row["covers"] = "part"
    return hit("statements", row)


@fault("extent")
def part_above_the_whole(tables: Tables, rng: random.Random) -> Found | None:
    """A figure coded as a part is larger than every whole one: a whole of another page's."""
    row = pick(rng, agreed(tables), lambda r: number(r) > 2)
    figure(row, number(row) + rng.randint(3, 12)).update(covers="part", figure_as_printed=row["officials_low"])
    return hit("statements", row)


@fault("extent")
def first_number_of_two(tables: Tables, rng: random.Random) -> Found | None:
    """Of 22 diplomats and 23 others only the first number is typed, as the whole."""
    row = pick(rng, tables["statements"], exact, lambda r: r["diplomats"] and len(re.findall(r"\d+", r["figure_as_printed"])) > 1)
    figure(row, int(row["diplomats"]))
    return hit("statements", row)


@fault("extent")
def two_numbers_that_overlap_added(tables: Tables, rng: random.Random) -> Found | None:
    """Seven, four of them diplomats: added up to eleven."""
    row = pick(rng, tables["statements"], exact, lambda r: r["diplomats"] and 0 < int(r["diplomats"]) < number(r))
    figure(row, number(row) + int(row["diplomats"]))
    return hit("statements", row)


@fault("extent")
def more_diplomats_than_officials(tables: Tables, rng: random.Random) -> Found | None:
    """Total and diplomats typed in each other's column."""
    row = pick(rng, tables["statements"], exact, lambda r: r["diplomats"] and int(r["diplomats"]) < number(r))
    old = row["diplomats"]
    row["diplomats"] = row["officials_low"]
    row["officials_low"] = row["officials_high"] = old
    return hit("statements", row)


@fault("extent")
def all_said_to_be_diplomats(tables: Tables, rng: random.Random) -> Found | None:
    """The rank of some copied as that of all: as many diplomats as members, of whom the wording names other staff."""
    row = pick(rng, tables["statements"], exact, lambda r: r["diplomats"] and int(r["diplomats"]) < number(r))
    row["diplomats"] = row["officials_low"]
    return hit("statements", row)


@fault("extent")
def posts_counted_as_people(tables: Tables, rng: random.Random) -> Found | None:
    """Posts that are abolished typed as people told to go."""
    row = pick(rng, tables["statements"], lambda r: r["posts_cut"] and r["officials_low"] != r["posts_cut"])
    figure(row, int(row["posts_cut"])).update(qualifier="exact", posts_cut="", counted_unit="mission_members")
    return hit("statements", row)


@fault("extent")
def people_counted_as_posts(tables: Tables, rng: random.Random) -> Found | None:
    """One tab too many: the people stand in the column of posts."""
    row = pick(rng, tables["statements"], exact, has(posts_cut="", measure="persona_non_grata"))
    row["posts_cut"], row["officials_low"], row["officials_high"] = row["officials_low"], "", ""
    return hit("statements", row)


@fault("extent")
def ceiling_counted_as_leavers(tables: Tables, rng: random.Random) -> Found | None:
    """Those who may stay typed as those who go."""
    row = pick(rng, tables["statements"], lambda r: r["ceiling"] and r["officials_low"] != r["ceiling"])
    figure(row, int(row["ceiling"])).update(qualifier="exact", counted_unit="mission_members", figure_as_printed=row["ceiling"])
    return hit("statements", row)


@fault("extent")
def ceilings_exchanged(tables: Tables, rng: random.Random) -> Found | None:
    """The ceiling of diplomats and that of all staff exchanged."""
    row = pick(rng, tables["statements"], lambda r: r["ceiling"] and r["ceiling_diplomats"] and r["ceiling"] != r["ceiling_diplomats"])
    row["ceiling"], row["ceiling_diplomats"] = row["ceiling_diplomats"], row["ceiling"]
    return hit("statements", row)


@fault("extent")
def ceiling_of_diplomats_for_all(tables: Tables, rng: random.Random) -> Found | None:
    """Only the diplomats' ceiling is read, and typed as that of all."""
    row = pick(rng, tables["statements"], lambda r: r["ceiling"] and r["ceiling_diplomats"] and r["ceiling"] != r["ceiling_diplomats"])
    row["ceiling"], row["ceiling_diplomats"] = row["ceiling_diplomats"], ""
    return hit("statements", row)


@fault("extent")
def ceiling_left_in_the_sentence(tables: Tables, rng: random.Random) -> Found | None:
    """The number who may stay stands in the sentence and was not typed into its column."""
    row = pick(rng, tables["statements"], lambda r: r["ceiling"] and re.search(rf"\b{r['ceiling']}\b", r["says"]))
    row["ceiling"] = ""
    return hit("statements", row)


@fault("extent")
def ceiling_misread(tables: Tables, rng: random.Random) -> Found | None:
    """A digit of the ceiling wrong; the other statements about the decision agree on another."""
    mine = about(tables)
    row = pick(rng, tables["statements"], lambda r: r["ceiling"] and sum(x["ceiling"] == r["ceiling"] for x in mine[r["expulsion_id"]]) > 2)
    row["ceiling"] = str(int(row["ceiling"]) + choose_one(rng))
    return hit("statements", row)


def choose_one(rng: random.Random) -> int:
    """A slip of ten, or of one."""
    return rng.choice((10, 1, 100))


@fault("contradictions")
def kind_of_speaker_unlike_the_publisher(tables: Tables, rng: random.Random) -> Found | None:
    """A ministry's own page is coded as the press speaking of a third party."""
    pages = index(tables, "articles")
    row = pick(rng, tables["statements"], has(attribution="official"), lambda r: pages[r["article_id"]]["kind"] == "ministry")
    row.update(vantage="third_party", attribution="press")
    return hit("statements", row)


@fault("contradictions")
def two_wholes_on_one_page(tables: Tables, rng: random.Random) -> Found | None:
    """On a page with two figures for one decision the smaller one, a part, keeps its figure and becomes a second whole."""
    pages = groups(tables["statements"], "article_id")
    row = pick(
        rng,
        tables["statements"],
        has(covers="part"),
        lambda r: any(x is not r and x["expulsion_id"] == r["expulsion_id"] for x in pages[r["article_id"]]),
    )
    row["covers"] = "whole"
    return hit("statements", row)
