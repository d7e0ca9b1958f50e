-- One row per half-year from the first day that was searched to the last.
-- year: calendar year
-- half: 1 or 2
-- first_day: its first day
-- final_day: its last day
CREATE VIEW half_years AS
SELECT year, half, make_date(year, half * 6 - 5, 1) AS first_day, last_day(make_date(year, half * 6, 1)) AS final_day
FROM (SELECT unnest(generate_series(year(min(period_from)), year(max(period_until))))::INTEGER AS year FROM searches),
    (SELECT unnest([1, 2]) AS half);
