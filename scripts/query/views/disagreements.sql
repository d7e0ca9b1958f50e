-- One row per expulsion about whose whole more than one number was printed, rejected and superseded ones included.
-- expulsion_id: the expulsion
-- counted_unit: unit of the best figure
-- officials_low: lower bound by all standing statements
-- officials_best: best figure
-- officials_high: upper bound by all standing statements; empty if open
-- best_basis: step that decided
-- printed_low: smallest number in print, whatever its standing
-- printed_high: largest number in print, whatever its standing
-- figures: each whole number in print with its standing, smallest first
-- n_not_counting: statements superseded or rejected
CREATE VIEW disagreements AS
SELECT e.expulsion_id, e.counted_unit, e.officials_low, e.officials_best, e.officials_high, e.best_basis,
    min(coalesce(s.officials_low, s.officials_high)) AS printed_low,
    max(coalesce(s.officials_high, s.officials_low)) AS printed_high,
    list_sort(list_distinct(list({'figure': coalesce(s.officials_low, s.officials_high), 'standing': s.standing}))) AS figures,
    count(*) FILTER (s.standing IN ('superseded', 'rejected')) AS n_not_counting
FROM expulsions AS e
JOIN statements AS s USING (expulsion_id)
WHERE s.covers = 'whole' AND coalesce(s.officials_low, s.officials_high) IS NOT NULL
GROUP BY ALL
HAVING printed_low < printed_high
ORDER BY e.expulsion_id;
