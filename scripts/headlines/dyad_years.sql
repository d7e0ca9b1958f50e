-- Expulsions in directed dyads and years (sum)
SELECT expeller || '/' || target || '/' || year, expulsions FROM dyad_years WHERE expulsions > 0
