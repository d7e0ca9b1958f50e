-- A statement that counts dates the order after the day on which it became public, or more than three years before.
SELECT s.statement_id, s.acted_from, e.announced_on FROM statements AS s JOIN expulsions AS e USING (expulsion_id)
WHERE s.standing IN ('accepted', 'authoritative') AND e.announced_precision = 'day' AND s.acted_from NOT BETWEEN e.announced_on - 1096 AND e.announced_on
