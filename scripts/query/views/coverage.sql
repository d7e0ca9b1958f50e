-- One row per directed dyad and half-year for which a search was made, whatever it found.
-- expeller: actor whose decisions were sought
-- target: actor whose officials were sought
-- year: calendar year
-- half: 1 or 2
-- n_searches: searches that touch the half-year
-- n_pages: pages that came back
-- covered: true if one search had the whole half-year as its period
-- effort: how sweeps with the whole half-year as their period looked for it: both_sides, one_side, region_or_wave, none
CREATE VIEW coverage AS
WITH halves AS (
    SELECT year, half, make_date(year, half * 6 - 5, 1) AS first_day, last_day(first_day + INTERVAL 5 MONTH) AS final_day
    FROM (
        SELECT unnest(generate_series(year(min(period_from)), year(max(period_until))))::INTEGER AS year FROM searches
    ), (SELECT unnest([1, 2]) AS half)
),
sought AS (
    SELECT x.actor_id AS expeller, t.actor_id AS target, h.year, h.half, s.n_pages,
        s.period_from <= h.first_day AND s.period_until >= h.final_day AS whole,
        whole AND s.purpose = 'sweep' AS swept,
        swept AND list_contains(string_split(s.expeller_scope, ' '), x.actor_id) AS names_expeller,
        swept AND list_contains(string_split(s.target_scope, ' '), t.actor_id) AS names_target,
        s.period_until < s.period_from + INTERVAL 5 YEAR AS short
    FROM searches AS s
    JOIN scope_members AS x ON x.scope = s.expeller_scope AND x.day = s.period_until
    JOIN scope_members AS t ON t.scope = s.target_scope AND t.day = s.period_until AND t.actor_id <> x.actor_id
    JOIN halves AS h ON s.period_from <= h.final_day AND s.period_until >= h.first_day
)
SELECT expeller, target, year, half,
    count(*) AS n_searches, sum(n_pages)::INTEGER AS n_pages, bool_or(whole) AS covered,
    CASE
        WHEN bool_or(names_expeller AND short) AND bool_or(names_target AND short) THEN 'both_sides'
        WHEN bool_or(names_expeller OR names_target) THEN 'one_side'
        WHEN bool_or(swept) THEN 'region_or_wave'
        ELSE 'none'
    END AS effort
FROM sought
GROUP BY ALL;
