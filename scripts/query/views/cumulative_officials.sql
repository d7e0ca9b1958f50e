-- One row per day from one day to the last announcement: the officials of a target expelled by anybody since then.
-- day: the day
-- officials_known: best figures of the decisions announced that day; empty if none of them is known, 0 without a decision
-- cumulative_low: running sum of the lower bounds
-- cumulative_known: running sum of the best figures that are known; empty as long as none is
-- cumulative_known_high: running sum of the upper bounds, of the best figures where the end is open
-- cumulative_high: upper bound of the complete sum; empty from the first decision on that is open or unknown
-- cumulative_unknown: running number of decisions without a best figure
CREATE MACRO cumulative_officials(target, since) AS TABLE
WITH announced AS (SELECT d.* FROM expulsion_dyads AS d WHERE d.counts AND d.target = target AND d.announced_on >= since),
days AS (SELECT unnest(generate_series(since, (SELECT max(announced_on) FROM announced), INTERVAL 1 DAY))::DATE AS day),
daily AS (
    SELECT day, CASE WHEN count(expulsion_id) > 0 THEN known_sum(officials_best, unknown) END AS known, count(expulsion_id) AS n, coalesce(sum(officials_low), 0) AS low,
        coalesce(sum(coalesce(officials_high, officials_best)), 0) AS high, count(*) FILTER (unknown) AS n_unknown,
        count(*) FILTER (unknown OR open) AS n_endless
    FROM days LEFT JOIN announced ON announced_on = day GROUP BY day
)
SELECT day, CASE WHEN n = 0 THEN 0 ELSE known END AS officials_known,
    (sum(low) OVER running)::INTEGER AS cumulative_low,
    (CASE WHEN sum(n) OVER running = 0 THEN 0 ELSE sum(known) OVER running END)::INTEGER AS cumulative_known,
    (sum(high) OVER running)::INTEGER AS cumulative_known_high,
    CASE WHEN sum(n_endless) OVER running = 0 THEN (sum(high) OVER running)::INTEGER END AS cumulative_high,
    (sum(n_unknown) OVER running)::INTEGER AS cumulative_unknown
FROM daily WINDOW running AS (ORDER BY day)
ORDER BY day;
