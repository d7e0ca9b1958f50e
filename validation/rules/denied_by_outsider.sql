-- Only those whose decisions are linked can deny the link.
SELECT a.expulsion_id, a.answers, a.relation, a.denied_by FROM answers AS a
JOIN expulsions AS e USING (expulsion_id) JOIN expulsions AS c ON c.expulsion_id = a.answers
WHERE a.denied_by NOT IN (e.expeller, e.target, c.expeller, c.target)
