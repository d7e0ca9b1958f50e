-- Two rows cannot say the same in a coder's own words: a row was copied.
SELECT statement_id, says FROM statements
QUALIFY count(*) OVER (PARTITION BY lower(says)) > 1
