-- An English query names a state that its scopes do not, and none that they do.
WITH asked AS MATERIALIZED (
    SELECT *, spaced(query) AS words, string_split(expeller_scope || ' ' || target_scope, ' ') AS sought FROM searches
    WHERE language = 'en' AND NOT contains(expeller_scope || target_scope, '*')
)
SELECT s.searched_on, s.coder, s.query, s.expeller_scope, s.target_scope, min(m.actor_id) AS named
FROM asked AS s JOIN memberships AS m ON m.organisation = 'COW' AND m.left_on IS NULL AND named(s.words, m.actor_id)
WHERE NOT list_bool_or([named(s.words, actor) FOR actor IN s.sought]) GROUP BY ALL
