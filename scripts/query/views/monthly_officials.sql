-- One row per month from the first day's to the last day's, without gaps: the officials of a target (* for anybody's) expelled by anybody.
-- month: first day of the month
-- expulsions: decisions whose month is known
-- officials: complete sum of the best figures; empty if any is unknown
-- officials_known: sum of the best figures that are known; empty if none is
-- officials_low: lower bound of the complete sum
-- officials_high: upper bound of the complete sum; empty if any is open or unknown
-- n_unknown: decisions without a best figure though people were told to go, or may have been
CREATE MACRO monthly_officials(target, since, until) AS TABLE
WITH months AS (SELECT unnest(generate_series(date_trunc('month', since), date_trunc('month', until), INTERVAL 1 MONTH))::DATE AS month),
summed AS (
    SELECT date_trunc('month', d.announced_on)::DATE AS month, count(*)::INTEGER AS expulsions,
        complete_sum(d.officials_best, d.unknown) AS officials, known_sum(d.officials_best, d.unknown) AS officials_known,
        low_sum(d.officials_low) AS officials_low, high_sum(d.officials_high, d.officials_best, d.unknown) AS officials_high,
        count(*) FILTER (d.unknown)::INTEGER AS n_unknown
    FROM expulsion_dyads AS d
    WHERE d.counts AND target IN ('*', d.target) AND d.announced_precision <> 'year' AND d.announced_on BETWEEN since AND until
    GROUP BY ALL
)
SELECT m.month, coalesce(s.expulsions, 0) AS expulsions,
    CASE WHEN s.month IS NULL THEN 0 ELSE s.officials END AS officials,
    CASE WHEN s.month IS NULL THEN 0 ELSE s.officials_known END AS officials_known,
    coalesce(s.officials_low, 0) AS officials_low,
    CASE WHEN s.month IS NULL THEN 0 ELSE s.officials_high END AS officials_high,
    coalesce(s.n_unknown, 0) AS n_unknown
FROM months AS m LEFT JOIN summed AS s ON s.month = m.month
ORDER BY m.month;
