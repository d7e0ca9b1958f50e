-- One row per state that was a member of the EU on the last day and expelled no official of the target between the two days.
-- actor_id: the state
-- name: its name
CREATE MACRO eu_members_without_expulsion(target, since, until) AS TABLE
WITH expelled AS (
    SELECT e.expeller FROM expulsions AS e
    WHERE e.target = target AND e.status <> 'retracted' AND e.persons_ordered <> 'no' AND e.announced_on BETWEEN since AND until
)
SELECT m.actor_id, a.name
FROM memberships AS m
JOIN actors AS a USING (actor_id)
WHERE m.organisation = 'EU' AND until BETWEEN m.joined_on AND coalesce(m.left_on, DATE '9999-12-31')
    AND m.actor_id NOT IN (SELECT expeller FROM expelled)
ORDER BY m.actor_id;
