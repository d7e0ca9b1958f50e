-- The row's sentence begins with an office of one side, and the columns have the other side's official speak.
WITH said AS MATERIALIZED (
    SELECT s.statement_id, s.says, spaced(s.says) AS words, s.vantage,
        CASE s.vantage WHEN 'expeller' THEN e.expeller ELSE e.target END AS own, CASE s.vantage WHEN 'expeller' THEN e.target ELSE e.expeller END AS other
    FROM statements AS s JOIN expulsions AS e USING (expulsion_id)
    WHERE s.standing <> 'rejected' AND s.attribution = 'official' AND s.vantage IN ('expeller', 'target')
)
SELECT statement_id, vantage, says FROM said
WHERE named(words, other) AND NOT regexp_matches(words, '^.{0,40}' || name_pattern(own)) AND regexp_matches(
    words, '^ (The |An |A )?' || name_pattern(other) || ' ((foreign|interior|defence|state|deputy|prime) )*(ministry|minister|government|president|spokes\w+|embassy|premier) '
)
