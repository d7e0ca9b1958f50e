"""Slips with bounds, qualifier and wording of a figure, which have to agree."""

import random
import re

from tests.measure.tired.base import (
    Found,
    Tables,
    exact,
    fault,
    figure,
    has,
    hit,
    like,
    pick,
    plain,
)
from tests.measure.tired.figures import number


@fault("figures")
def only_the_low_changed(tables: Tables, rng: random.Random) -> Found | None:
    """A figure corrected in one of two columns: the low goes down, the high stays."""
    row = pick(rng, tables["statements"], plain, lambda r: number(r) > 2)
    row["officials_low"] = str(number(row) - rng.randint(1, 2))
    return hit("statements", row)


@fault("figures")
def bounds_swapped(tables: Tables, rng: random.Random) -> Found | None:
    """The larger number typed as the low."""
    row = pick(rng, tables["statements"], lambda r: r["officials_high"] and r["officials_low"] != r["officials_high"])
    row["officials_low"], row["officials_high"] = row["officials_high"], row["officials_low"]
    return hit("statements", row)


@fault("figures")
def high_left_out(tables: Tables, rng: random.Random) -> Found | None:
    """An exact figure with no upper bound: the second column was forgotten."""
    row = pick(rng, tables["statements"], exact)
    row["officials_high"] = ""
    return hit("statements", row)


@fault("figures")
def low_left_out(tables: Tables, rng: random.Random) -> Found | None:
    """An exact figure with no lower bound."""
    row = pick(rng, tables["statements"], exact)
    row["officials_low"] = ""
    return hit("statements", row)


@fault("figures")
def high_typed_for_at_least(tables: Tables, rng: random.Random) -> Found | None:
    """More than fifty, closed above at fifty."""
    row = pick(rng, tables["statements"], has(qualifier="at_least", officials_high=""))
    row["officials_high"] = row["officials_low"]
    return hit("statements", row)


@fault("figures")
def more_than_made_exact(tables: Tables, rng: random.Random) -> Found | None:
    """The words more than were not typed into the qualifier."""
    row = pick(rng, tables["statements"], has(qualifier="at_least"), like("figure_as_printed", "more|более|mehr|least|over|над"))
    row["qualifier"], row["officials_high"] = "exact", row["officials_low"]
    return hit("statements", row)


@fault("figures")
def more_than_made_at_most(tables: Tables, rng: random.Random) -> Found | None:
    """At least and at most confused in the list."""
    row = pick(rng, tables["statements"], has(qualifier="at_least"))
    row["qualifier"], row["officials_low"], row["officials_high"] = "at_most", "", row["officials_low"]
    return hit("statements", row)


@fault("figures")
def about_made_exact(tables: Tables, rng: random.Random) -> Found | None:
    """The word about stands in the wording only."""
    row = pick(rng, tables["statements"], has(qualifier="about"), like("figure_as_printed", "about|около|пример|torno|alred"))
    row["qualifier"] = "exact"
    return hit("statements", row)


@fault("figures")
def vague_word_made_a_number(tables: Tables, rng: random.Random) -> Found | None:
    """Several becomes three, dozens become 24."""
    row = pick(
        rng,
        tables["statements"],
        has(qualifier="none"),
        like("figure_as_printed", "several|dozen|ряд|несколь|number of|Dutz|kilku|some|few"),
    )
    figure(row, 24 if re.search("(?i)doz|dutz", row["figure_as_printed"]) else 3)
    row["qualifier"], row["counted_unit"] = "exact", "diplomats"
    return hit("statements", row)


@fault("figures")
def range_in_words_made_a_number(tables: Tables, rng: random.Random) -> Found | None:
    """A two-digit number becomes 20, exactly."""
    row = pick(rng, tables["statements"], like("figure_as_printed", "stellig|digit|двузн|dwucyfr"))
    figure(row, 20 if row["officials_low"] == "10" else 200)["qualifier"] = "exact"
    return hit("statements", row)


@fault("figures")
def zero_for_unknown(tables: Tables, rng: random.Random) -> Found | None:
    """No figure on the page, and a nought typed so that the cell is not empty."""
    row = pick(rng, tables["statements"], has(qualifier="none", persons_ordered="yes", figure_as_printed=""))
    figure(row, 0).update(qualifier="exact", counted_unit="unspecified")
    return hit("statements", row)


@fault("figures")
def number_without_its_wording(tables: Tables, rng: random.Random) -> Found | None:
    """The wording of the figure left out beside its bounds."""
    row = pick(rng, tables["statements"], exact)
    row["figure_as_printed"] = ""
    return hit("statements", row)


@fault("figures")
def number_without_its_unit(tables: Tables, rng: random.Random) -> Found | None:
    """A figure, and nobody whom it counts."""
    row = pick(rng, tables["statements"], exact)
    row["counted_unit"] = ""
    return hit("statements", row)


@fault("figures")
def qualifier_none_beside_a_number(tables: Tables, rng: random.Random) -> Found | None:
    """Filled down: no figure is stated, beside a figure."""
    row = pick(rng, tables["statements"], exact)
    row["qualifier"] = "none"
    return hit("statements", row)


@fault("figures")
def exact_beside_nothing(tables: Tables, rng: random.Random) -> Found | None:
    """Filled down: exact, beside no figure."""
    row = pick(rng, tables["statements"], has(qualifier="none"))
    row["qualifier"] = "exact"
    return hit("statements", row)
