"""A version to a page and pictures."""
