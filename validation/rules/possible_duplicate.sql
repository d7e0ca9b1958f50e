-- Two expulsions of one dyad with one figure within a week look like one decision coded twice; a note on the later one says why not.
SELECT a.expulsion_id, b.expulsion_id AS other_id, a.officials_best
FROM expulsions AS a JOIN expulsions AS b
    ON a.expeller = b.expeller AND a.target = b.target AND a.expulsion_id < b.expulsion_id
WHERE abs(a.announced_on - b.announced_on) <= 7 AND a.officials_best IS NOT DISTINCT FROM b.officials_best
    AND a.measure = b.measure AND a.accredited_to = b.accredited_to AND b.note IS NULL
