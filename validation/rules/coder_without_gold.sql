-- Somebody coded a drawn sample who had coded neither the gold set nor any sample before: `make check-sheet SEED=gold` comes first.
SELECT DISTINCT ON (sample, coder) sample, unit_id, variable, coder FROM recodings AS r
WHERE split_part(sample, '-', 1) IN ('people', 'cells')
    AND NOT EXISTS (FROM recodings AS g WHERE g.coder = r.coder AND split_part(g.sample, '-', 1) NOT IN ('people', 'cells'))
ORDER BY ALL
