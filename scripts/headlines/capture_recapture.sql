-- Publicly disclosed expulsions estimated from two blind harvests, at least (sum)
SELECT expeller || '/' || target || '/' || from_year || '/' || until_year, estimate FROM capture_recapture
WHERE expeller = '*' AND target = '*' AND from_year = 2014 AND until_year = 2026
