"""How fast, and how hard to break: run by the maintainer, not by every commit."""
