-- Retaliation must hit back: the answered expeller is the target, and the answered target (or the state of its officials) the expeller.
SELECT a.expulsion_id, a.answers
FROM answers AS a JOIN expulsions AS e USING (expulsion_id) JOIN expulsions AS c ON c.expulsion_id = a.answers
WHERE a.relation = 'retaliation'
    AND NOT (e.target = c.expeller AND (e.expeller = c.target OR e.expeller IS NOT DISTINCT FROM c.nationality))
