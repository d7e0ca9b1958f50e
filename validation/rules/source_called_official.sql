-- The row's sentence has sources without a name speak, and the columns an office.
SELECT statement_id, says FROM statements
WHERE attribution = 'official' AND standing <> 'rejected' AND regexp_matches(says, '^((Unnamed|Anonymous) |([A-Z]\w+ )?[Ss]ources? )')
