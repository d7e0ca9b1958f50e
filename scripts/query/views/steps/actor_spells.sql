-- One row per spell in which an actor could expel or be expelled: a state while it is in either state system, any actor in the days it gives itself, an organisation that was ever a side for good.
-- actor_id: the actor
-- first_day: first day
-- last_day: last day
CREATE VIEW actor_spells AS
SELECT actor_id, joined_on AS first_day, coalesce(left_on, DATE '9999-12-31') AS last_day
FROM memberships WHERE organisation IN ('COW', 'GW')
UNION
SELECT actor_id, existed_from, coalesce(existed_until, DATE '9999-12-31') FROM actors
WHERE existed_from IS NOT NULL AND (kind = 'state' OR actor_id IN (SELECT expeller FROM expulsions UNION SELECT target FROM expulsions));
