-- Actors in the groups that a scope can name, spell by spell (rows)
SELECT scope || '/' || actor_id || '/' || coalesce(joined_on::VARCHAR, ''), 1 FROM group_members
