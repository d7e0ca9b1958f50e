-- A published claim differs from our total by more than its qualifier allows, and nobody says why.
SELECT claim_id, figure, qualifier, ours_low, ours_known, ours_high FROM claim_checks WHERE NOT agrees AND gap_reason IS NULL
