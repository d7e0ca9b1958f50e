-- A statement that counts dates the announcement more than three days off: it may be about a look-alike.
SELECT s.statement_id, s.announced_on, e.announced_on AS compiled_on
FROM statements AS s JOIN expulsions AS e USING (expulsion_id)
WHERE s.standing IN ('accepted', 'authoritative') AND s.announced_precision = 'day' AND e.announced_precision = 'day'
    AND abs(s.announced_on - e.announced_on) > 3
