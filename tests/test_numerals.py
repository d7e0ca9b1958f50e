"""Numerals in words, in the languages of the articles."""

import polars as pl
import pytest

from scripts import numerals


@pytest.mark.parametrize(
    ("wording", "wanted"),
    [
        ("34 diplomats", [34]),
        ("23 diplomats and 25 others", [23, 25]),
        ("eight", [8]), ("acht Diplomaten", [8]), ("восьми", [8]), ("Osm", [8]), ("kahdeksan", [8]),
        ("eighty", [80]), ("osmdesát", [80]), ("восемьдесят", [80]), ("ninety", [90]), ("девяносто", [90]), ("hundred", [100]),
        ("ten", [10]), ("dziesięciu", [10]), ("twenty", [20]), ("двадцати", [20]), ("nine", [9]), ("дев'ять", [9]),
        ("thirty-five", [30, 5]), ("two, of whom one", [2, 1]),
        # One alone is an article or a pronoun as often as a number.
        ("a diplomat", []), ("one diplomat", []), ("один", []),
        ("several dozen", []), ("", []),
        ("digits go before words: 5 not six", [5]),
    ],
)  # fmt: skip
def test_numbers_of_a_wording(wording: str, wanted: list[int]) -> None:
    assert pl.select(numerals.numbers(pl.lit(wording))).item().to_list() == wanted


ENGLISH = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen "
    "twenty thirty forty fifty sixty seventy eighty ninety hundred"
)
GERMAN = (
    "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn "
    "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig hundert"
)


@pytest.mark.parametrize("words", [ENGLISH, GERMAN])
def test_every_number_that_is_told_is_the_one_that_people_count(words: str) -> None:
    """From two to twenty by ones, to a hundred by tens."""
    assert pl.select(numerals.numbers(pl.lit(words))).item().to_list() == [*range(2, 21), *range(30, 101, 10)]


def test_no_word_stands_for_two_numbers() -> None:
    words = [word for listed in numerals.WORDS.values() for word in listed.split()]
    double = {word for word in words if words.count(word) > 1}
    assert all(len({value for value, listed in numerals.WORDS.items() if word in listed.split()}) == 1 for word in double)
