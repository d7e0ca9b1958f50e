"""What wordings say of a figure, and texts that were spoilt."""

import polars as pl
import pytest

from scripts.compile import wording

SAID = {
    "at_least": ["at least 20", "over 50", "более 50 человек", "mehr als 20", "über 20", "над 100 души", "yli 20", "más de treinta"],
    "about": ["about 10", "some 25", "около десяти", "dozens", "Een tiental", "une dizaine", "ca. 30", "niemal... prawie? nearly 20"],
    "at_most": ["up to 20", "не более 20", "bis zu 20", "jusqu’à 20"],
}
SILENT = ["20", "some diplomats", "overall ten", "two officials over their activities", "двадцать", "naval attaché", "abouts", "Stasi 3"]


@pytest.mark.parametrize(("qualifier", "text"), [(name, text) for name, texts in SAID.items() for text in texts])
def test_a_wording_says_how_exact_it_is(qualifier: str, text: str) -> None:
    verdicts = {name: pl.select(wording.contradicts(pl.lit(text), pl.lit(name))).item() for name in ("exact", "none", qualifier)}
    assert verdicts == {"exact": True, "none": False, qualifier: False}


@pytest.mark.parametrize("text", SILENT)
def test_a_bare_number_says_nothing(text: str) -> None:
    assert not pl.select(wording.contradicts(pl.lit(text), pl.lit("exact"))).item()


SPOILT = ["dÃ©clarÃ©", "itâ€™s", "Ð²Ñ\u0081", "a \ufffd b", "a &quot;b&quot;", "d?clar?", "??? ??", "<p>text", "a\\nb"]
WHOLE = ["déclaré", "AT&T", "Why? Because.", "Ñuñoa", "Ðjúpivogur", "a < b", "São Paulo; Ångström", "Q&A: what now?"]


@pytest.mark.parametrize(("text", "spoilt"), [(t, True) for t in SPOILT] + [(t, False) for t in WHOLE])
def test_spoilt_letters_are_seen(text: str, spoilt: bool) -> None:
    assert pl.select(wording.garbled(pl.lit(text))).item() is spoilt


SCRIPTS = [
    ("Высылка", "ru", False), ("Expulsion", "ru", False), ("Висилка дипломатів", "ru", True), ("Высылка", "uk", True), ("Высылка", "en", True), ("Протеривање", "sr", False),
    ("Απέλαση", "el", False), ("Απέλαση", "en", True), ("外交官追放", "ja", False), ("外交官追放", "de", True), ("طرد", "ar", False), ("طرد", "ru", True), ("Ausweisung – “so”", "de", False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "language", "strange"), SCRIPTS)
def test_letters_of_another_script_are_seen(text: str, language: str, strange: bool) -> None:
    assert pl.select(wording.of_another_script(pl.lit(text), pl.lit(language))).item() is strange
