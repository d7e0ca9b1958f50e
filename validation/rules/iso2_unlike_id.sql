-- The two letters of a state, of today or of its time, are two of its three, in their order, but for a few.
SELECT actor_id, name, iso2, iso2_former FROM actors
WHERE NOT regexp_matches(actor_id, substr(coalesce(iso2, iso2_former), 1, 1) || '.*' || substr(coalesce(iso2, iso2_former), 2, 1))
