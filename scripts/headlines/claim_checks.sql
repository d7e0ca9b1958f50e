-- Published totals that agree with ours (sum)
SELECT claim_id, agrees::INTEGER FROM claim_checks
