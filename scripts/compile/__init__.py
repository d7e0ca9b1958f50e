"""raw/ to the tables in build/."""
