-- The trigger is an expulsion, but no answer edge says which.
SELECT expulsion_id FROM expulsions AS e
WHERE trigger = 'expulsion' AND NOT EXISTS (FROM answers AS a WHERE a.expulsion_id = e.expulsion_id)
