-- Expulsions in the scope of published totals (rows)
SELECT claim_id || '/' || expulsion_id, officials_best FROM claim_expulsions
