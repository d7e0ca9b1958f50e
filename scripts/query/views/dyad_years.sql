-- One row per directed dyad and year, zero where it was searched and nothing found, empty where nobody looked.
-- expeller: actor that orders officials out
-- target: actor that employs the officials
-- year: year of the announcement
-- covered: true if both half-years were searched
-- expulsions: decisions; zero inside coverage, empty outside it
-- officials_known_low: sum of the low figures
-- officials_known: sum of the best figures
-- officials_known_high: sum of the high figures
-- n_unknown: decisions without a published figure
-- posts_cut: sum of posts cut; empty if none was stated
-- headline: Expulsions in directed dyads and years (sum): SELECT expeller || '/' || target || '/' || year, expulsions FROM dyad_years WHERE expulsions > 0
CREATE VIEW dyad_years AS
WITH searched AS (
    SELECT expeller, target, year, count(*) FILTER (covered) = 2 AS covered FROM coverage GROUP BY expeller, target, year
),
found AS (
    SELECT expeller, target, year(announced_on)::INTEGER AS year, count(*) AS expulsions,
        coalesce(sum(coalesce(officials_low, officials_best)), 0)::INTEGER AS low,
        coalesce(sum(officials_best), 0)::INTEGER AS known,
        coalesce(sum(greatest(officials_high, officials_best)), 0)::INTEGER AS high,
        count(*) FILTER (unknown) AS n_unknown,
        sum(posts_cut)::INTEGER AS posts_cut
    FROM expulsion_dyads WHERE counts GROUP BY ALL
),
years AS (SELECT unnest(generate_series(min(year), max(year)))::INTEGER AS year FROM (SELECT year FROM found UNION SELECT year FROM searched)),
dyads_known AS (SELECT expeller, target FROM found UNION SELECT expeller, target FROM searched)
SELECT d.expeller, d.target, y.year, coalesce(s.covered, false) AS covered,
    coalesce(f.expulsions, CASE WHEN s.covered THEN 0 END) AS expulsions,
    coalesce(f.low, CASE WHEN s.covered THEN 0 END) AS officials_known_low,
    coalesce(f.known, CASE WHEN s.covered THEN 0 END) AS officials_known,
    coalesce(f.high, CASE WHEN s.covered THEN 0 END) AS officials_known_high,
    coalesce(f.n_unknown, CASE WHEN s.covered THEN 0 END) AS n_unknown,
    f.posts_cut
FROM dyads_known AS d CROSS JOIN years AS y
LEFT JOIN found AS f ON f.expeller = d.expeller AND f.target = d.target AND f.year = y.year
LEFT JOIN searched AS s ON s.expeller = d.expeller AND s.target = d.target AND s.year = y.year
ORDER BY d.expeller, d.target, y.year;
