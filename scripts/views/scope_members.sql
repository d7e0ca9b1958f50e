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
),
resolved AS (
    SELECT scope, day, excluded, a.actor_id FROM tokens JOIN actors AS a ON token = a.actor_id
    UNION SELECT scope, day, excluded, a.actor_id FROM tokens JOIN actors AS a ON token = '*' OR token = a.un_region || '*'
    UNION SELECT scope, day, excluded, m.actor_id FROM tokens JOIN memberships AS m
        ON token = m.organisation || '*' AND day BETWEEN m.joined_on AND coalesce(m.left_on, DATE '9999-12-31')
)
SELECT scope, day, actor_id FROM resolved GROUP BY scope, day, actor_id HAVING NOT bool_or(excluded);
