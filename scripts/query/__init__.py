"""The tables in build/ to answers: the database, its views, the codebook."""
