-- Solidarity joins another expeller against the same target.
SELECT a.expulsion_id, a.answers
FROM answers AS a JOIN expulsions AS e USING (expulsion_id) JOIN expulsions AS c ON c.expulsion_id = a.answers
WHERE a.relation = 'solidarity' AND (e.target <> c.target OR e.expeller = c.expeller)
