-- One row per directed dyad, from what articles published by a day said about expulsions announced by that day.
-- expeller: actor that orders officials out
-- target: actor that employs the officials
-- expulsions: decisions
-- officials_known: sum of the best figures known that day
-- n_unknown: decisions without a figure that day
CREATE MACRO totals_as_of(day) AS TABLE
SELECT d.expeller, d.target, count(*) AS expulsions,
    coalesce(sum(b.officials), 0)::INTEGER AS officials_known,
    count(*) FILTER (b.officials IS NULL AND d.persons_ordered <> 'no') AS n_unknown
FROM expulsion_dyads AS d
LEFT JOIN best_figures(day, true) AS b USING (expulsion_id)
WHERE d.counts AND d.announced_on <= day
    AND EXISTS (FROM statements AS s JOIN articles AS a USING (article_id) WHERE s.expulsion_id = d.expulsion_id AND a.published_on <= day)
GROUP BY d.expeller, d.target
ORDER BY d.expeller, d.target;
