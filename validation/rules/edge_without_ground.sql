-- Somebody states that it hits back or joins others, and by no page is that among the expeller's grounds.
SELECT a.expulsion_id, a.answers, a.relation, a.basis FROM answers AS a JOIN expulsions AS e USING (expulsion_id)
WHERE a.basis <> 'inferred' AND NOT CASE a.relation WHEN 'retaliation' THEN e.ground_retaliation ELSE e.ground_solidarity END
