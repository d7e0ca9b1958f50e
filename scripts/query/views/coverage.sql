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
WITH asked AS (
    SELECT s.expeller_scope, s.target_scope, s.period_until AS day, h.year, h.half,
        count(*) AS n_searches, sum(s.n_pages) AS n_pages, bool_or(s.period_from <= h.first_day AND s.period_until >= h.final_day) AS covered
    FROM searches AS s JOIN half_years AS h ON s.period_from <= h.final_day AND s.period_until >= h.first_day
    GROUP BY ALL
),
sought AS (
    SELECT x.actor_id AS expeller, t.actor_id AS target, a.year, a.half,
        sum(a.n_searches)::BIGINT AS n_searches, sum(a.n_pages)::INTEGER AS n_pages, bool_or(a.covered) AS covered
    FROM asked AS a
    JOIN scope_members AS x ON x.scope = a.expeller_scope AND x.day = a.day
    JOIN scope_members AS t ON t.scope = a.target_scope AND t.day = a.day AND t.actor_id <> x.actor_id
    GROUP BY ALL
)
SELECT s.*, coalesce(e.effort, 'none') AS effort
FROM sought AS s LEFT JOIN effort_by_half AS e USING (expeller, target, year, half);
