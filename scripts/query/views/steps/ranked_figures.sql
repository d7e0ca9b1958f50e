-- One row per statement that can give a best figure: it counts, covers the whole decision and states one number.
-- expulsion_id: expulsion it is about
-- statement_id: the statement
-- published_on: day its article was published
-- origin: agency or, without one, publisher
-- officials: the number, for at_least its lower bound
-- counted_unit: whom it counts
-- qualifier: how it is stated
-- vantage: whose claim it is
-- marked: 0 if marked authoritative, else 1
-- r_vantage: rank of the vantage, 0 is preferred
-- r_attribution: rank of the attribution
-- r_exactness: rank of the qualifier
-- r_unit: rank of the unit
-- r_recency: rank of the day of publication: later within 30 days first, retrospectives last
CREATE VIEW ranked_figures AS
WITH anchors AS (
    SELECT expulsion_id, min(announced_on) AS anchor FROM statements GROUP BY expulsion_id
)
SELECT
    s.expulsion_id, s.statement_id, a.published_on, coalesce(a.agency, a.publisher) AS origin,
    s.officials_low AS officials, s.counted_unit, s.qualifier, s.vantage,
    CASE s.standing WHEN 'authoritative' THEN 0 ELSE 1 END AS marked,
    list_position(['expeller', 'target', 'third_party'], s.vantage) - 1 AS r_vantage,
    list_position(['official', 'unnamed_official', 'press'], s.attribution) - 1 AS r_attribution,
    list_position(['exact', 'about', 'at_least'], s.qualifier) - 1 AS r_exactness,
    list_position(['mission_members', 'unspecified', 'diplomats', 'administrative_technical'], s.counted_unit) - 1 AS r_unit,
    CASE
        WHEN anchor IS NULL THEN 1000000
        WHEN a.published_on - anchor BETWEEN -1 AND 30 THEN 30 - (a.published_on - anchor)
        ELSE 60 + abs(a.published_on - anchor)
    END AS r_recency
FROM statements AS s
JOIN articles AS a USING (article_id)
JOIN anchors USING (expulsion_id)
WHERE s.standing IN ('accepted', 'authoritative') AND s.covers = 'whole'
    AND (s.officials_low = s.officials_high OR (s.officials_low IS NOT NULL AND s.qualifier = 'at_least'));
