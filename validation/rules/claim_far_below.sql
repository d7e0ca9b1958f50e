-- A claimed minimum is less than half of what we had counted by its day, and nobody says why: a digit was lost, or its scope is wider than stated.
SELECT claim_id, figure, ours_known FROM claim_checks
WHERE qualifier = 'at_least' AND kind = 'total' AND counted <> 'expellers' AND ours_known > 2 * figure AND gap_reason IS NULL
