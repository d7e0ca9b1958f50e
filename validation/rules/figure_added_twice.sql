-- A contained expulsion must lie in one that sums take, of the same dyad, with a figure that is not smaller.
SELECT i.expulsion_id, i.included_in
FROM expulsions AS i JOIN expulsions AS o ON o.expulsion_id = i.included_in
WHERE o.included_in IS NOT NULL OR o.status = 'retracted' OR o.expeller <> i.expeller OR o.target <> i.target
    OR o.officials_best < i.officials_best
