-- One row per directed dyad, from what articles published by a day said about expulsions announced by that day.
-- expeller: actor that orders officials out
-- target: actor that employs the officials
-- expulsions: decisions
-- officials: complete sum of the best figures known that day; empty if any was unknown
-- officials_known: sum of the best figures known that day; empty if none was
-- n_unknown: decisions without a figure that day
CREATE MACRO totals_as_of(day) AS TABLE
WITH known AS (
    SELECT d.*, b.officials AS then_best, b.officials IS NULL AND d.persons_ordered <> 'no' AS then_unknown
    FROM expulsion_dyads AS d LEFT JOIN best_figures(day, true) AS b USING (expulsion_id)
    WHERE d.counts AND d.announced_on <= day
        AND EXISTS (FROM statements AS s JOIN articles AS a USING (article_id) WHERE s.expulsion_id = d.expulsion_id AND a.published_on <= day)
)
SELECT k.expeller, k.target, count(*) AS expulsions,
    complete_sum(k.then_best, k.then_unknown) AS officials,
    known_sum(k.then_best, k.then_unknown) AS officials_known,
    count(*) FILTER (k.then_unknown) AS n_unknown
FROM known AS k
GROUP BY k.expeller, k.target
ORDER BY k.expeller, k.target;
