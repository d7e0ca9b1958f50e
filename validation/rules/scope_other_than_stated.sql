-- A claim's wording names a state, by name or code, that neither of its scopes does, though both list what they mean.
SELECT c.claim_id, a.actor_id AS named, c.expeller_scope, c.target_scope, c.scope_as_stated
FROM (SELECT *, spaced(regexp_replace(scope_as_stated, '\b[A-Z]{3}\b|Ukrain\w*', '', 'g')) AS words FROM claims) AS c JOIN (SELECT DISTINCT actor_id, joined_on, left_on FROM memberships WHERE organisation = 'COW') AS a
    ON c.as_of BETWEEN a.joined_on AND coalesce(a.left_on, DATE '9999-12-31')
WHERE NOT contains(c.expeller_scope || c.target_scope, '*')
    AND NOT list_contains(string_split(replace(c.expeller_scope || ' ' || c.target_scope, '-', ''), ' '), a.actor_id)
    AND (
        list_contains(regexp_extract_all(c.scope_as_stated, '\b[A-Z]{3}\b'), a.actor_id)
        OR named(c.words, a.actor_id)
    )
