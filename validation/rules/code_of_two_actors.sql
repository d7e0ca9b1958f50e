-- A code of a state system or of ISO 3166 names one actor at a time.
WITH spells AS (
    SELECT organisation AS system, code::VARCHAR AS code, actor_id, joined_on AS first_day, coalesce(left_on, DATE '9999-12-31') AS final_day FROM memberships
    WHERE organisation IN ('COW', 'GW')
    UNION
    SELECT 'ISO', iso2, actor_id, coalesce(joined_on, DATE '0001-01-01'), coalesce(left_on, DATE '9999-12-31')
    FROM actors LEFT JOIN (FROM memberships WHERE organisation = 'COW') USING (actor_id) WHERE iso2 IS NOT NULL
)
SELECT DISTINCT a.actor_id, b.actor_id AS other_id, a.system, a.code
FROM spells AS a JOIN spells AS b ON a.system = b.system AND a.code = b.code AND a.actor_id < b.actor_id
WHERE a.first_day <= b.final_day AND b.first_day <= a.final_day
