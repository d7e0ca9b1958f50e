-- A reason for a gap was chosen, and no word says how it was found.
SELECT claim_id, gap_reason FROM claims WHERE gap_reason IS NOT NULL AND note IS NULL
