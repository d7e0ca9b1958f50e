-- An actor's name is none of those that it has in words.sql, or it is no state though it has a state's letters, subregion or number.
SELECT actor_id, name, kind FROM actors AS a
WHERE NOT named(spaced(name), actor_id) OR kind <> 'state' AND EXISTS (
    FROM memberships AS m WHERE m.actor_id = a.actor_id AND m.organisation IN ('COW', 'GW')
) OR kind = 'organisation' AND coalesce(iso2, iso2_former, un_subregion) IS NOT NULL
