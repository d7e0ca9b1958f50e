-- A later figure swallows an earlier decision, never the other way round.
SELECT i.expulsion_id, i.included_in FROM expulsions AS i JOIN expulsions AS o ON o.expulsion_id = i.included_in WHERE o.announced_on < i.announced_on
