-- One row per expulsion about which more than one figure was printed, rejected and superseded ones included.
-- expulsion_id: the expulsion
-- counted_unit: unit of the best figure
-- officials_low: low
-- officials_best: best
-- officials_high: high
-- best_basis: step that decided
-- figures: all figures printed, smallest first
-- n_not_counting: statements superseded or rejected
CREATE VIEW disagreements AS
SELECT e.expulsion_id, e.counted_unit, e.officials_low, e.officials_best, e.officials_high, e.best_basis,
    list_sort(list_distinct(list(coalesce(s.officials_low, s.officials_high)))) AS figures,
    count(*) FILTER (s.standing IN ('superseded', 'rejected')) AS n_not_counting
FROM expulsions AS e
JOIN statements AS s USING (expulsion_id)
WHERE s.covers = 'whole' AND coalesce(s.officials_low, s.officials_high) IS NOT NULL
GROUP BY ALL
HAVING count(DISTINCT coalesce(s.officials_low, s.officials_high)) > 1
ORDER BY e.expulsion_id;
