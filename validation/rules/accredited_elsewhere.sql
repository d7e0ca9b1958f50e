-- Accredited to a state that is not the expeller.
SELECT s.statement_id, s.expulsion_id, s.accredited_to FROM statements AS s JOIN expulsions AS e USING (expulsion_id) JOIN actors AS a ON a.actor_id = s.accredited_to
WHERE a.kind = 'state' AND s.accredited_to <> e.expeller
