-- A post is closed, no more, and yet people are told to go: by a sentence that has both, or the form of the order to them is the measure.
SELECT expulsion_id, measure, persons_ordered FROM expulsions AS e
WHERE measure = 'post_closed' AND persons_ordered = 'yes' AND NOT EXISTS (
    FROM statements AS s WHERE s.expulsion_id = e.expulsion_id AND s.standing <> 'rejected' AND s.persons_ordered = 'yes'
    AND regexp_matches(lower(s.says), 'clos|shut|suspend|stopped|cease|agreement')
    AND regexp_matches(lower(s.says), 'leav|\bleft\b|depart|\bgo\b|\bgone\b|\bout\b|withdr|hours|\bdays\b|weeks?\b|months?\b|home')
)
