"""Each kind of fault that a check was added for is seen by that check, and at its own line."""

import random
import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.measure import attack

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
    "published a year too late": "The id names another day.",
    "acted a year too late": "Ordered after it was announced.",
    "id of the year before, everywhere": "The id and the compiled day are of two years.",
}
# Where the first seed plants it in a row that does not betray it: a number word of a language that is not read, a claim whose gap is known.
SEEDS = {"figure off by one, printed in words": 1, "claim's figure with a digit dropped": 4}
# Behind a lost row all lines are others.
SHIFTING = {"lost statement, not the last of its article"}
RULES = {
    "publisher with a letter lost": "publisher_misspelt",
    "lost spell of membership": "organisation_size_wrong",
    "two states with one number": "code_of_two_actors",
    "membership a century early": "membership_before_organisation",
    "Namibia's code taken for nothing": "state_without_iso2",
    "due to leave a year too late": "deadline_far_off",
    "claim's figure with a digit dropped": "claim_gap_unexplained",
    "claim's target scope widened": "scope_wider_than_stated",
    "expulsion twice under another id": "note_copied",
}


def _planted(kinds: Iterable[str]) -> tuple[attack.Seen, dict[str, str]]:
    """Plant faults of several kinds at once: what is seen of them, and where each lies."""
    with attack.copy() as raw:
        places = {kind: attack.KINDS[kind](raw, random.Random(f"{kind}/{SEEDS.get(kind, 0)}")) for kind in kinds}
        return attack.examined(raw.root), {kind: f"raw/{place[0]}.csv:{place[1]}" for kind, place in places.items() if place}


@pytest.mark.parametrize("kinds", [READ.keys() - SHIFTING, SHIFTING], ids=["in place", "shifting lines"])
def test_reader_tells_the_lines(kinds: set[str]) -> None:
    seen, places = _planted(sorted(kinds))
    assert seen.by == "reader"
    untold = [k for k in sorted(kinds) if not any(re.match(rf"{places[k]}\b", line) and READ[k] in line for line in seen.lines)]
    assert not untold, seen.lines


def test_rules_name_the_rows() -> None:
    seen, _ = _planted(RULES)
    assert seen.by == "rule"
    output = {line.split(":")[0] for line in seen.lines}
    untold = [kind for kind, rule in RULES.items() if rule not in output]
    assert not untold, seen.lines


def test_at_least_sixty_kinds_and_few_undetectable() -> None:
    assert len(attack.KINDS) >= 60
    assert set(attack.UNDETECTABLE) < set(attack.KINDS)
    assert len(attack.UNDETECTABLE) <= len(attack.KINDS) / 10


def test_untouched_copy_is_harmless() -> None:
    with attack.copy() as raw:
        seen = attack.examined(raw.root)
    assert (seen.by, seen.lines) == ("rule", frozenset())


def test_traceback_is_no_catch(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(root: Path, known: attack.Seen) -> attack.Seen:
        raise ZeroDivisionError

    known = attack.Seen("rule", frozenset())
    monkeypatch.setattr(attack, "examined", broken)
    outcome = attack.attempt(attack.KINDS["two spaces inside"], "two spaces inside", 0, known)
    assert outcome and not outcome.seen and attack.TRACEBACK in outcome.output
