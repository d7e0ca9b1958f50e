"""Each kind of fault that a check was added for is seen by that check, and at its own line."""

import random
import re
from pathlib import Path

import pytest

from tests import attack

# Kind of fault, what is said of it.
READ = {
    "two spaces inside": "Two spaces, or a blank that is no plain space.",
    "no-break space inside": "Two spaces, or a blank that is no plain space.",
    "soft hyphen": "A control or invisible character.",
    "homoglyph in a publisher": "A word of letters from two scripts that look alike.",
    "zero for nothing": "Zero officials are no expulsion.",
    "figure off by one, printed in words": "The printed numbers are not the coded bounds.",
    "superseded figure accepted": "An accepted statement has no reason against it.",
    "lost statement, not the last of its article": "The statement before it, number",
    "published a year too late": "The id names another year.",
    "id of the year before, everywhere": "The id and the compiled day are of two years.",
}
RULES = {
    "ceiling entered as a head count": "ceiling_|raw/statements.csv:[0-9]+:diplomats",
    "publisher with a letter lost": "publisher_misspelt",
    "lost spell of membership": "organisation_size_wrong",
    "two states with one number": "code_of_two_actors",
    "membership a century early": "membership_before_organisation",
    "Namibia's code taken for nothing": "state_without_iso2",
    "due to leave a year too late": "deadline_far_off",
    "acted a year too late": "acted_far_off|acted_from",
    "claim's figure with a digit dropped": "claim_far_below|claim_gap",
    "claim's target scope widened": "scope_wider_than_stated",
    "expulsion twice under another id": "note_copied",
}


def _planted(kind: str, seed: int) -> tuple[attack.Seen, str]:
    with attack.copy() as raw:
        planted = attack.KINDS[kind](raw, random.Random(f"{kind}/{seed}"))
        assert planted
        return attack.examined(raw.root), f"raw/{planted[0]}.csv:{planted[1]}"


@pytest.mark.parametrize("kind", READ)
def test_reader_tells_the_line(kind: str) -> None:
    seen, place = _planted(kind, 0)
    assert seen.by == "reader"
    assert any(re.match(rf"{place}\b", line) and READ[kind] in line for line in seen.lines), seen.lines


@pytest.mark.parametrize("kind", RULES)
def test_rule_names_the_row(kind: str) -> None:
    seen, _ = _planted(kind, 0)
    assert any(re.match(RULES[kind], line.split("  ")[0]) or re.search(RULES[kind], line) for line in seen.lines), seen.lines


def test_at_least_sixty_kinds_and_few_undetectable() -> None:
    assert len(attack.KINDS) >= 60
    assert set(attack.UNDETECTABLE) < set(attack.KINDS)
    assert len(attack.UNDETECTABLE) <= len(attack.KINDS) / 10


def test_untouched_copy_is_harmless() -> None:
    with attack.copy() as raw:
        assert attack.examined(raw.root).by == "rule"


def test_traceback_is_no_catch(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(root: Path) -> attack.Seen:
        raise ZeroDivisionError

    known = attack.Seen("rule", frozenset())
    monkeypatch.setattr(attack, "examined", broken)
    outcome = attack.attempt("two spaces inside", 0, known, known)
    assert outcome and not outcome.seen and attack.TRACEBACK in outcome.told
