-- In its latest sample a variable with at least 15 rarer values reaches an alpha of 0.80.
SELECT sample, variable, region, period, alpha, n_rarer FROM reliability AS r
WHERE region = '*' AND period = '*' AND n_rarer >= 15 AND coalesce(alpha, 0) < 0.80 AND NOT EXISTS (
    FROM reliability AS l WHERE l.variable = r.variable AND split_part(l.sample, '-', 1) = split_part(r.sample, '-', 1)
        AND split_part(l.sample, '-', 2)::INTEGER > split_part(r.sample, '-', 2)::INTEGER
)
