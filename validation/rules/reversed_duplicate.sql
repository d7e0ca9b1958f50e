-- Two decisions of a week, each against the other side, of one figure and form and without an edge: one of them may be the other with its ends turned.
SELECT a.expulsion_id, b.expulsion_id AS other_id, a.officials_best, a.measure FROM expulsions AS a JOIN expulsions AS b
    ON a.expeller = b.target AND a.target = b.expeller AND a.expulsion_id < b.expulsion_id AND a.measure = b.measure
    AND a.officials_best IS NOT DISTINCT FROM b.officials_best
WHERE abs(b.announced_on - a.announced_on) <= 7 AND NOT EXISTS (
    FROM answers AS x WHERE x.expulsion_id = a.expulsion_id AND x.answers = b.expulsion_id OR x.expulsion_id = b.expulsion_id AND x.answers = a.expulsion_id
)
