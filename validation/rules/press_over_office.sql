-- The press is authoritative although an office gives a figure of the whole.
SELECT s.statement_id, s.standing_reason FROM statements AS s
WHERE s.standing = 'authoritative' AND s.attribution = 'press' AND EXISTS (
    FROM statements AS o WHERE o.expulsion_id = s.expulsion_id AND o.attribution = 'official' AND o.standing = 'accepted' AND o.covers = 'whole' AND o.officials_low IS NOT NULL
)
