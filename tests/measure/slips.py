"""``make attack``: faults of tired hands, listed by an author who had not seen the checks, planted in the real raw/ one at a time."""

import random
import re
import sys

from scripts.package import contract
from tests.measure import attack
from tests.measure.tired import FAULTS, Slip
from tests.measure.tired.base import KEYS, key

BY_NAME = {slip.name.replace("_", " "): slip for slip in FAULTS}


def kinds() -> dict[str, attack.Fault]:
    """The listed kinds, each to be planted in a copy of raw/."""
    return {name: planter(slip) for name, slip in BY_NAME.items()}


def planter(slip: Slip) -> attack.Fault:
    """The hand that commits a slip in a copy of raw/, and says on which line."""

    def plant(raw: attack.Raw, rng: random.Random) -> tuple[str, int] | None:
        sheets = {name: raw.sheet(name) for name in KEYS}
        tables = {name: sheet.rows for name, sheet in sheets.items()}
        before = {name: [row.copy() for row in rows] for name, rows in tables.items()}
        if not (result := slip.plant(tables, rng)):
            return None
        for name, sheet in sheets.items():
            if sheet.rows != before[name]:
                sheet.save()
        table, row_id = result
        # A lost row is told where it was.
        places = [rows.index(row) + 2 for rows in (tables[table], before[table]) for row in rows if key(table, row) == row_id]
        return table, places[0]

    return plant


def drawn(share: int) -> list[str]:
    """One kind in ``share``, by hash of its name."""
    return [name for name in BY_NAME if random.Random(name).randrange(share) == 0]


def main() -> None:
    """Print what survived and the shares caught; end with 1 if any fault ended in a traceback."""
    share = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    names = [name for name in drawn(share) if len(sys.argv) < 3 or re.search(sys.argv[2], name)]
    outcomes = attack.attack(1, names=names, kinds=kinds)
    for outcome in sorted(outcomes, key=lambda o: o.kind):
        slip = BY_NAME[outcome.kind]
        seen = "in the tables" if slip.visible else "on the page only"
        if outcome.seen != "harmless":
            print(
                f"{'caught by ' + outcome.seen if outcome.seen else 'survived'}: {outcome.kind} ({slip.category}, {seen}) at {outcome.output[:200]}"
            )
    visible = [outcome for outcome in outcomes if BY_NAME[outcome.kind].visible]
    print(
        f"{len(names)} of {len(FAULTS)} kinds in {len(contract.raw().tables)} tables: {attack.share(outcomes):.1%} caught, "
        f"{attack.share(visible):.1%} of the {len(visible)} that a reader of the tables could see."
    )
    raise SystemExit(any(attack.TRACEBACK in outcome.output for outcome in outcomes))


if __name__ == "__main__":
    main()
