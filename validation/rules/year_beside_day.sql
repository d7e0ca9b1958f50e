-- A statement dates the announcement by the bare year although another one has the day: its first of January would come before every page.
SELECT s.statement_id, s.announced_on FROM statements AS s
WHERE s.announced_precision = 'year' AND EXISTS (
    FROM statements AS o WHERE o.expulsion_id = s.expulsion_id AND o.announced_precision = 'day'
)
