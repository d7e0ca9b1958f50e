-- One row per directed dyad and half-year that a sweep had wholly in its period: the greatest effort.
-- expeller: actor whose decisions were sought
-- target: actor whose officials were sought
-- year: calendar year
-- half: 1 or 2
-- effort: both_sides if sweeps of less than five years named each side, one_side if any sweep named either, region_or_wave
CREATE VIEW effort_by_half AS
WITH members AS (SELECT *, list_contains(string_split(scope, ' '), actor_id) AS named FROM scope_members),
-- Sweeps of the same sides are one before they become pairs, since two regions are thousands of pairs.
swept AS (
    SELECT s.expeller_scope, s.target_scope, s.period_until AS day, h.year, h.half,
        bool_or(s.period_until < s.period_from + INTERVAL 5 YEAR) AS short
    FROM searches AS s JOIN half_years AS h ON s.period_from <= h.first_day AND s.period_until >= h.final_day
    WHERE s.purpose = 'sweep'
    GROUP BY ALL
)
SELECT x.actor_id AS expeller, t.actor_id AS target, s.year, s.half,
    CASE
        WHEN bool_or(x.named AND s.short) AND bool_or(t.named AND s.short) THEN 'both_sides'
        WHEN bool_or(x.named OR t.named) THEN 'one_side'
        ELSE 'region_or_wave'
    END AS effort
FROM swept AS s
JOIN members AS x ON x.scope = s.expeller_scope AND x.day = s.day
JOIN members AS t ON t.scope = s.target_scope AND t.day = s.day AND t.actor_id <> x.actor_id
GROUP BY ALL;
