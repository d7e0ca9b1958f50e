-- One article says the same thing of one expulsion twice: the second row is the first one, coded again.
SELECT s.statement_id, o.statement_id AS other_id FROM statements AS s JOIN statements AS o
    ON o.article_id = s.article_id AND o.expulsion_id = s.expulsion_id AND o.statement_id < s.statement_id
    AND o.vantage = s.vantage AND o.attribution = s.attribution AND o.covers = s.covers
    AND o.officials_low IS NOT DISTINCT FROM s.officials_low AND o.officials_high IS NOT DISTINCT FROM s.officials_high
WHERE s.standing = o.standing
