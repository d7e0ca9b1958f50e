-- One row per day from 24 February 2022 to the last announcement, counting Russian officials expelled since then.
-- day: the day
-- officials_known: best figures of the decisions announced that day
-- cumulative_low: running sum of the low figures
-- cumulative_known: running sum of the best figures
-- cumulative_high: running sum of the high figures
-- cumulative_unknown: running number of decisions without a published figure
CREATE VIEW cumulative_officials AS
WITH announced AS (
    SELECT * FROM expulsion_dyads WHERE counts AND target = 'RUS' AND announced_on >= DATE '2022-02-24'
),
days AS (
    SELECT unnest(generate_series(DATE '2022-02-24', (SELECT max(announced_on) FROM announced), INTERVAL 1 DAY))::DATE AS day
),
daily AS (
    SELECT day, coalesce(sum(officials_best), 0)::INTEGER AS known,
        coalesce(sum(coalesce(officials_low, officials_best)), 0) AS low,
        coalesce(sum(greatest(officials_high, officials_best)), 0) AS high,
        count(*) FILTER (unknown) AS n_unknown
    FROM days LEFT JOIN announced ON announced_on = day GROUP BY day
)
SELECT day, known AS officials_known,
    (sum(low) OVER running)::INTEGER AS cumulative_low,
    (sum(known) OVER running)::INTEGER AS cumulative_known,
    (sum(high) OVER running)::INTEGER AS cumulative_high,
    (sum(n_unknown) OVER running)::INTEGER AS cumulative_unknown
FROM daily WINDOW running AS (ORDER BY day)
ORDER BY day;
