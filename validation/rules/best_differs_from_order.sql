-- The best figure, chosen once more in SQL by the published order, is another.
SELECT e.expulsion_id, e.officials_best, b.officials
FROM expulsions AS e FULL JOIN best_figures(DATE '9999-12-31', true) AS b USING (expulsion_id)
WHERE e.officials_best IS DISTINCT FROM b.officials
