-- Crimes of a war among the grounds between Russia and others, before its war on Ukraine of 2014.
SELECT s.statement_id, e.announced_on FROM statements AS s JOIN expulsions AS e USING (expulsion_id)
WHERE s.ground_war AND 'RUS' IN (e.expeller, e.target) AND e.announced_on < DATE '2014-02-27'
