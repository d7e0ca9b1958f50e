-- Directed dyads and months with an expulsion (rows)
SELECT expeller || '/' || target || '/' || month, officials_known FROM dyad_months
