-- A ceiling that no other statement on the decision has, where others have one.
SELECT s.statement_id, s.ceiling, min(o.ceiling) AS others FROM statements AS s JOIN statements AS o
    ON o.expulsion_id = s.expulsion_id AND o.statement_id <> s.statement_id AND o.standing <> 'rejected'
WHERE s.standing <> 'rejected' AND s.ceiling IS NOT NULL AND o.ceiling IS NOT NULL GROUP BY ALL HAVING NOT bool_or(o.ceiling = s.ceiling)
