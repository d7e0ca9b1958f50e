-- A claim agrees with our total, and yet it is said why it differs; a lower bound may be far below and need the reason.
SELECT k.claim_id, k.figure, k.ours_low, k.ours_known, k.ours_high, k.gap_reason FROM claim_checks AS k
WHERE k.agrees AND k.gap_reason IS NOT NULL AND k.qualifier IS DISTINCT FROM 'at_least'
