-- One row per way of counting the Russian officials expelled since 24 February 2022.
-- choice: how it is counted
-- expulsions: decisions counted
-- officials: complete sum under this choice; empty if any figure is unknown
-- officials_known: sum of what is known under this choice
-- n_unknown: decisions without a figure under this choice
-- share_marked: share of the decisions with a figure that an authoritative mark decides
CREATE VIEW sensitivity AS
WITH counted AS (
    SELECT d.*, m.officials AS unmarked, v.expeller_says, v.target_says, e.best_basis
    FROM expulsion_dyads AS d
    JOIN expulsions AS e USING (expulsion_id)
    LEFT JOIN best_figures(DATE '9999-12-31', false) AS m USING (expulsion_id)
    LEFT JOIN by_vantage AS v USING (expulsion_id)
    WHERE d.counts AND d.target = 'RUS' AND d.announced_on >= DATE '2022-02-24'
),
choices AS (
    SELECT 1 AS place, 'best' AS choice, officials_best AS officials, persons_ordered, best_basis FROM counted
    UNION ALL SELECT 2, 'low', officials_low, persons_ordered, best_basis FROM counted
    UNION ALL SELECT 3, 'high', coalesce(officials_high, officials_best), persons_ordered, best_basis FROM counted
    UNION ALL SELECT 4, 'without authoritative marks', unmarked, persons_ordered, best_basis FROM counted
    UNION ALL SELECT 5, 'what expellers say', expeller_says, persons_ordered, best_basis FROM counted
    UNION ALL SELECT 6, 'what targets say', target_says, persons_ordered, best_basis FROM counted
    UNION ALL SELECT 7, 'confirmed only', officials_best, persons_ordered, best_basis FROM counted WHERE status = 'confirmed'
),
asked AS (SELECT *, officials IS NULL AND persons_ordered <> 'no' AS unknown FROM choices)
SELECT choice, count(*) AS expulsions,
    complete_sum(officials, unknown) AS officials, known_sum(officials, unknown) AS officials_known,
    count(*) FILTER (unknown) AS n_unknown,
    round(count(*) FILTER (best_basis = 'authoritative') / nullif(count(officials), 0), 4) AS share_marked
FROM asked GROUP BY place, choice ORDER BY place;
