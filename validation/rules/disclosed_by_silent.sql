-- The side that is said to have made it public is on no page heard as its source, nor in the press's voice; or the press is, and no page tells how.
SELECT expulsion_id, disclosed_by FROM expulsions AS e
WHERE status <> 'retracted' AND NOT EXISTS (
    FROM statements AS s WHERE s.expulsion_id = e.expulsion_id AND s.standing <> 'rejected' AND CASE e.disclosed_by
        WHEN 'press' THEN s.vantage = 'third_party' OR s.attribution = 'unnamed_official'
        WHEN 'expeller' THEN s.vantage = 'expeller' OR s.attribution = 'press'
        ELSE s.vantage = 'target' END
) AND NOT (
    disclosed_by = 'press' AND regexp_matches(lower(coalesce(note, '')), '\b(told by|reveal|report|seen|broadcaster|agency|newspaper|press|leak|confirm|channel)')
)
