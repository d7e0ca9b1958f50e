-- Two expulsions of one dyad with one figure within two weeks look like one decision coded twice, whatever its legal form.
SELECT a.expulsion_id, b.expulsion_id AS other_id, a.officials_best
FROM expulsions AS a JOIN expulsions AS b
    ON a.expeller = b.expeller AND a.target = b.target AND a.expulsion_id < b.expulsion_id
WHERE abs(a.announced_on - b.announced_on) <= 14 AND a.officials_best IS NOT DISTINCT FROM b.officials_best
