-- Actors in the scopes of claims and searches (rows)
SELECT scope || '/' || day || '/' || actor_id, 1 FROM scope_members
