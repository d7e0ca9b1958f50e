-- An official statement is superseded, and nothing of the same side stands in its place.
SELECT s.statement_id, s.standing_reason FROM statements AS s
WHERE s.standing = 'superseded' AND s.attribution <> 'press' AND NOT EXISTS (
    FROM statements AS o WHERE o.expulsion_id = s.expulsion_id AND o.vantage = s.vantage AND o.standing IN ('accepted', 'authoritative')
)
