"""What a change asks of the version number, and what a released id is held to."""

import json
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from scripts.package import contract, store
from scripts.package.changes import Change
from scripts.package.contract import Contract, Table
from scripts.package.snapshot import Snapshot
from scripts.publish import semver


def _broken(change: Callable[[dict[str, object]], None]) -> tuple[Contract, Contract]:
    """The contract, and a copy that one change was made to."""
    before = contract.product()
    spec = json.loads(json.dumps(before.spec))
    change(spec)
    return before, Contract(spec, {r["name"]: Table(r, r["path"]) for r in spec["resources"]})


def _fields(spec: dict, table: str = "expulsions") -> list[dict]:
    return next(r for r in spec["resources"] if r["name"] == table)["schema"]["fields"]


def _rename(spec: dict) -> None:
    _fields(spec)[1]["name"] = "sender"


def _redefine(spec: dict) -> None:
    _fields(spec)[1]["description"] = "Something else."


def _relabel(spec: dict) -> None:
    next(f for f in _fields(spec) if f["name"] == "status")["enumLabels"]["retracted"] = "Another meaning."


def _rekey(spec: dict) -> None:
    next(r for r in spec["resources"] if r["name"] == "expulsions")["schema"]["primaryKey"] = ["expulsion_id", "target"]


def _retype(spec: dict) -> None:
    next(f for f in _fields(spec) if f["name"] == "posts_cut")["type"] = "number"


def _narrow(spec: dict) -> None:
    next(f for f in _fields(spec) if f["name"] == "status")["constraints"]["enum"].remove("retracted")


def _reorder(spec: dict) -> None:
    _fields(spec).insert(0, _fields(spec).pop(2))


def _drop(spec: dict) -> None:
    spec["resources"] = [r for r in spec["resources"] if r["name"] != "claims"]


def _widen(spec: dict) -> None:
    field = next(f for f in _fields(spec) if f["name"] == "wave")
    field["constraints"]["enum"].append("later_2030")
    field.get("enumLabels", {})["later_2030"] = "A later one."


def _append(spec: dict) -> None:
    _fields(spec).append({"name": "more", "type": "string", "title": "More", "description": "More."})


@pytest.mark.parametrize(
    ("change", "level", "because"),
    [
        (_rename, "major", "expulsions.expeller is gone or renamed"),
        (_redefine, "major", "expulsions.expeller has another meaning"),
        (_relabel, "major", "expulsions.status has another meaning"),
        (_rekey, "major", "expulsions has another key"),
        (_retype, "major", "expulsions.posts_cut has another type"),
        (_narrow, "major", "expulsions.status no longer takes retracted"),
        (_reorder, "major", "expulsions has its columns in another order"),
        (_drop, "major", "table claims is gone"),
        (_widen, "minor", "expulsions.wave also takes later_2030"),
        (_append, "minor", "column expulsions.more added"),
    ],
)
def test_form_asks_for_a_version(change: Callable[..., None], level: str, because: str) -> None:
    before, after = _broken(change)
    asked = semver.required_bumps(Snapshot("1.0.0", before, Path()), after, [], {})
    assert (asked[0].level, because) == (level, asked[0].because)
    assert bool(semver.broken(before, after)) == (level == "major")


def test_better_words_ask_for_a_patch_only() -> None:
    before, after = _broken(_redefine)
    asked = semver.required_bumps(Snapshot("1.0.0", before, Path()), after, [], {}, frozenset({("expulsions", "expeller")}))
    assert [required_bump.level for required_bump in asked] == ["patch"]


@pytest.mark.parametrize(
    ("level", "version", "fits"),
    [
        ("patch", "1.2.4", True), ("patch", "1.3.0", True), ("patch", "1.2.5", False), ("patch", "1.2.3", False), ("minor", "1.2.4", False),
        ("minor", "1.3.0", True), ("major", "1.3.0", False), ("major", "2.0.0", True), ("major", "3.0.0", False), ("major", "2.1.0", False),
    ],
)  # fmt: skip
def test_version_fits_the_change(level: str, version: str, fits: bool) -> None:
    fault = semver.bump_fault("1.2.3", version, [semver.RequiredBump(level, "a reason")])
    assert (fault is None) == fits
    assert fits or "a reason" in str(fault)


def test_nothing_to_release() -> None:
    assert "nothing to release" in str(semver.bump_fault("1.2.3", "1.2.4", []))


def test_views_that_go_or_change_ask_for_a_major_version() -> None:
    before = {"one": {"a": "A", "b": "B", "d": "D"}, "two": {"a": "A"}}
    asked = semver._views_ask(before, {"one": {"a": "Another", "c": "C", "d": "A former D"}, "three": {}}, frozenset())
    assert {(d.level, d.because) for d in asked} == {
        ("major", "view two is gone"), ("major", "one.a has another meaning"), ("major", "column one.b is gone or renamed"),
        ("major", "one.d has another meaning"),
        ("minor", "column one.c added"), ("minor", "view three added"),
    }  # fmt: skip


def test_a_view_put_in_other_words_asks_for_nothing_where_that_was_said() -> None:
    before, after = {"one": {"a": "A", "b": "B"}}, {"one": {"a": "The same A", "b": "B"}}
    assert semver._views_ask(before, after, frozenset({("one", "a")})) == []
    assert [d.because for d in semver._views_ask(before, after, frozenset({("one", "b"), ("two", "a")}))] == ["one.a has another meaning"]


def test_rows_ask_by_what_became_of_them() -> None:
    def change(kind: str, table: str, reason: str = "") -> Change:
        return Change(**dict.fromkeys(Change._fields, "") | {"kind": kind, "table_name": table, "reason": reason})

    changes = [change("row_added", "articles"), change("row_added", "articles"), change("value_changed", "articles"),
               change("row_removed", "answers"), change("row_removed", "articles")]  # fmt: skip
    output = [(d.level, d.because) for d in semver._rows_ask(contract.product(), changes)]
    assert sorted(output) == [
        ("major", "1 id of articles changed or retired"),
        ("minor", "2 rows added to articles"),
        ("patch", "1 row removed from answers"),
        ("patch", "1 value changed in articles"),
    ]
    silent = semver.unexplained([*changes, change("value_changed", "claims", "Why.")])
    assert [(c.kind, c.table_name) for c in silent] == [
        ("value_changed", "articles"),
        ("row_removed", "answers"),
        ("row_removed", "articles"),
    ]


def test_an_id_that_is_gone_is_lost_unless_a_replacement_or_a_reason_accounts_for_it(
    product: dict[str, pl.DataFrame], tmp_path: Path
) -> None:
    held = contract.product()
    for name, frame in product.items():
        (tmp_path / f"{name}.csv").write_bytes(store.csv_bytes(frame))
    state = Snapshot("1.0.0", held, tmp_path)
    current = {name: store.csv_bytes(frame) for name, frame in product.items()}
    assert semver.lost_ids([state], held, current, []) == []
    gone, alive = product["expulsions"]["expulsion_id"][:2]
    article = product["articles"]["article_id"][0]
    current["expulsions"] = store.csv_bytes(product["expulsions"].slice(1))
    current["articles"] = store.csv_bytes(product["articles"].slice(1))
    lost = [f"articles {article} (1.0.0)", f"expulsions {gone} (1.0.0)"]
    later = Snapshot("1.1.0", held, tmp_path)
    assert semver.lost_ids([state, later], held, current, []) == lost
    assert semver.lost_ids([state], held, current, [("articles", article)]) == lost[1:]
    for replacement, left in ((alive, lost[:1]), (gone, lost)):
        current["retired"] = f"expulsion_id,replaced_by,note\n{gone},{replacement},Twice.\n".encode()
        assert semver.lost_ids([state], held, current, []) == left
        # Accounted for twice is accounted for.
        assert semver.lost_ids([state], held, current, [("expulsions", gone)]) == lost[:1]
