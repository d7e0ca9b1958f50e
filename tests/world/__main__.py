"""``python -m tests.world --write``: what the present code makes of the world becomes what is expected of it."""

import sys
import tempfile
from pathlib import Path

from tests import world


def main() -> None:
    """Build the world, and with ``--write`` replace ``expected/``; name the files that changed."""
    with tempfile.TemporaryDirectory() as place:
        result = world.outputs(world.built(Path(place) / "world"))
    if sys.argv[1:] == ["--write"]:
        changed = list(world.write(result))
        print("\n".join(changed) or "Nothing changed.")
        return
    different = [name for name in sorted(result.keys() | world.expected().keys()) if result.get(name) != world.expected().get(name)]
    print("\n".join(different) or "All as expected.")
    print("Nothing was written: that takes --write.")


if __name__ == "__main__":
    main()
