-- A statement that counts dates the order after the day on which it became public, or far before it, alone or by more than three years.
SELECT s.statement_id, s.acted_from, e.announced_on FROM statements AS s JOIN expulsions AS e USING (expulsion_id)
WHERE s.standing IN ('accepted', 'authoritative') AND e.announced_precision = 'day' AND (
    s.acted_from NOT BETWEEN e.announced_on - 1096 AND e.announced_on
    OR s.acted_from < e.announced_on - 250 AND NOT EXISTS (
        FROM statements AS o WHERE o.expulsion_id = s.expulsion_id AND o.statement_id <> s.statement_id AND o.acted_from = s.acted_from
    )
)
