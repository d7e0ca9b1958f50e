-- A dyad's totals are the sums of its expulsions.
WITH sums AS (
    SELECT expeller, target, count(*) AS n, coalesce(sum(officials_best) FILTER (counts), 0) AS known,
        count(*) FILTER (counts AND unknown) AS n_unknown
    FROM expulsion_dyads WHERE status <> 'retracted' GROUP BY expeller, target
)
SELECT coalesce(d.expeller, s.expeller) AS expeller, coalesce(d.target, s.target) AS target, d.officials_known, s.known
FROM dyads AS d FULL JOIN sums AS s ON s.expeller = d.expeller AND s.target = d.target
WHERE d.expulsions IS DISTINCT FROM s.n OR d.officials_known IS DISTINCT FROM s.known OR d.n_unknown IS DISTINCT FROM s.n_unknown
