-- An expeller or target did not exist on the day: a code of another period was typed.
WITH spells AS (
    SELECT actor_id, joined_on AS first_day, left_on AS final_day FROM memberships WHERE organisation IN ('COW', 'GW')
    UNION SELECT actor_id, existed_from, existed_until FROM actors WHERE existed_from IS NOT NULL
),
ends AS (SELECT expulsion_id, announced_on, unnest([expeller, target]) AS actor_id FROM expulsions)
SELECT expulsion_id, actor_id, announced_on FROM ends
WHERE NOT EXISTS (
    FROM spells AS s
    WHERE s.actor_id = ends.actor_id AND ends.announced_on BETWEEN s.first_day AND coalesce(s.final_day, DATE '9999-12-31')
)
