-- One side's office gives two numbers for the whole decision, counted alike: the earlier one is superseded.
SELECT s.statement_id, s.officials_low, min(o.statement_id) AS other_id, min_by(o.officials_low, o.statement_id) AS other
FROM statements AS s JOIN statements AS o USING (expulsion_id, vantage, attribution, covers, counted_unit)
JOIN articles AS a ON a.article_id = s.article_id JOIN articles AS b ON b.article_id = o.article_id
WHERE s.standing = 'accepted' AND o.standing IN ('accepted', 'authoritative') AND s.attribution = 'official' AND s.vantage <> 'third_party' AND s.covers = 'whole'
    AND s.qualifier = 'exact' AND o.qualifier = 'exact' AND s.officials_low = s.officials_high AND o.officials_low = o.officials_high
    AND s.officials_low <> o.officials_low AND s.diplomats IS NOT DISTINCT FROM o.diplomats
    AND (a.published_on, s.statement_id) < (b.published_on, o.statement_id)
GROUP BY s.statement_id, s.officials_low
