-- A retired id lives on, or its replacement does not.
SELECT r.expulsion_id, r.replaced_by FROM retired AS r
WHERE EXISTS (FROM expulsions AS e WHERE e.expulsion_id = r.expulsion_id)
    OR NOT EXISTS (FROM expulsions AS e WHERE e.expulsion_id = r.replaced_by)
