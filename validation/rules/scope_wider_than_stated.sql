-- A claim's scope is everybody, though its wording names an actor (of the target) or a group (of the expellers) that the scope does not.
SELECT claim_id, expeller_scope, target_scope, scope_as_stated FROM claims
WHERE target_scope = '*' AND EXISTS (
        FROM actors WHERE contains(scope_as_stated, name) AND NOT list_contains(string_split(expeller_scope, ' '), actor_id)
    )
    OR expeller_scope = '*' AND (
        EXISTS (FROM (SELECT organisation FROM memberships GROUP BY organisation) WHERE regexp_matches(scope_as_stated, '\b' || organisation || '\b'))
        OR EXISTS (FROM actors WHERE contains(scope_as_stated, un_region))
    )
