"""The build: raw/ in, build/ out. Each module is a noun and runs as ``python -m scripts.<name>``."""
