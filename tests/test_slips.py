"""The second list of faults: each kind finds a row, changes it, and says where."""

import random

import pytest

from tests.measure import attack, slips
from tests.measure.tired import FAULTS
from tests.measure.tired.base import key


@pytest.fixture(scope="module")
def raw() -> attack.Raw:
    """The real raw/, which no planter is given to write into."""
    return attack.Raw(attack.contract.ROOT)


def test_the_list_is_long_and_each_kind_has_its_name() -> None:
    assert len(slips.BY_NAME) == len(FAULTS) >= 150 and all(slip.what for slip in FAULTS)


@pytest.mark.parametrize("name", slips.drawn(16))
def test_a_kind_plants_one_fault_and_says_its_line(name: str, raw: attack.Raw, monkeypatch: pytest.MonkeyPatch) -> None:
    saved: dict[str, list[attack.Row]] = {}
    monkeypatch.setattr(attack.Sheet, "save", lambda sheet: saved.update({sheet.path.stem: sheet.rows}))
    planted = slips.kinds()[name](raw, random.Random(0))
    assert planted and saved
    table, line = planted
    rows, before = saved.get(table) or raw.sheet(table).rows, raw.sheet(table).rows
    assert any(0 <= line - 2 < len(sheet) for sheet in (rows, before))
    assert saved.keys() <= slips.KEYS.keys() and any(saved[name] != raw.sheet(name).rows for name in saved)


def test_a_lost_row_is_told_where_it_was(raw: attack.Raw, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attack.Sheet, "save", lambda sheet: None)
    slip = next(slip for slip in FAULTS if slip.category == "lost" and slip.plant(_tables(raw), random.Random(0)))
    table, row_id = slip.plant(_tables(raw), random.Random(0)) or ("", "")
    planted = slips.planter(slip)(raw, random.Random(0))
    assert planted and planted[0] == table and key(table, raw.sheet(table).rows[planted[1] - 2]) == row_id


def _tables(raw: attack.Raw) -> dict[str, list[attack.Row]]:
    return {name: raw.sheet(name).rows for name in slips.KEYS}
