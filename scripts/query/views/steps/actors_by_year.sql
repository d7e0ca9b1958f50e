-- One row per actor and year in which it existed, with its last codes of that year.
-- actor_id: the actor
-- year: the year
-- ccode: Correlates of War code, the last of the year
-- gwcode: Gleditsch and Ward code, the last of the year
CREATE VIEW actors_by_year AS
WITH years AS (
    SELECT unnest(generate_series(1946, (SELECT year(max(day)) FROM (SELECT max(announced_on) AS day FROM expulsions UNION ALL SELECT max(period_until) FROM scope))))::INTEGER AS year
),
alive AS (
    SELECT DISTINCT s.actor_id, y.year FROM years AS y
    JOIN actor_spells AS s ON s.first_day <= make_date(y.year, 12, 31) AND s.last_day >= make_date(y.year, 1, 1)
)
SELECT a.actor_id, a.year,
    arg_max(m.code, m.joined_on) FILTER (m.organisation = 'COW') AS ccode,
    arg_max(m.code, m.joined_on) FILTER (m.organisation = 'GW') AS gwcode
FROM alive AS a
LEFT JOIN memberships AS m ON m.actor_id = a.actor_id AND m.organisation IN ('COW', 'GW')
    AND m.joined_on <= make_date(a.year, 12, 31) AND coalesce(m.left_on, DATE '9999-12-31') >= make_date(a.year, 1, 1)
GROUP BY a.actor_id, a.year;
