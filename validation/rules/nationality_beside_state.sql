-- Officials of a state have its nationality: another one is told of organisations' staff, of nuncios and of honorary consuls.
SELECT s.statement_id, s.expulsion_id, s.nationality FROM statements AS s JOIN expulsions AS e USING (expulsion_id) JOIN actors AS t ON t.actor_id = e.target
WHERE s.nationality IS NOT NULL AND (t.kind = 'state' AND e.target <> 'VAT' OR s.nationality IN (e.target, e.expeller))
