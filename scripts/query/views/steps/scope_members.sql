-- One row per actor in each scope that a claim or a search states, on the day for which it states it.
-- scope: the list of actors and groups
-- day: day on which membership counts
-- actor_id: an actor in scope
CREATE VIEW scope_members AS
WITH stated AS (
    SELECT expeller_scope AS scope, as_of AS day FROM claims
    UNION SELECT target_scope, as_of FROM claims
    UNION SELECT expeller_scope, period_until FROM searches
    UNION SELECT target_scope, period_until FROM searches
),
tokens AS (
    SELECT scope, day, starts_with(token, '-') AS excluded, ltrim(token, '-') AS token
    FROM (SELECT scope, day, unnest(string_split(scope, ' ')) AS token FROM stated)
)
SELECT t.scope, t.day, g.actor_id
FROM tokens AS t
JOIN group_members AS g ON g.scope = t.token AND t.day BETWEEN coalesce(g.joined_on, t.day) AND coalesce(g.left_on, t.day)
GROUP BY t.scope, t.day, g.actor_id HAVING NOT bool_or(t.excluded);
