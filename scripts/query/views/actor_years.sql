-- One row per actor and year in scope in which it existed: what it did as expeller and suffered as target, decisions in scope; the country-year panel.
-- actor_id: the actor
-- year: year of the announcements
-- ccode: COW code, the last of the year; empty if it has none
-- gwcode: GW code, the last of the year
-- sought_as_expeller: true if sweeps of at most five years looked for its decisions by name, in both half-years
-- sought_as_target: true if they looked for decisions against it by name, in both half-years
-- expulsions_made: decisions made by it; 0 only where all that scope promises of them was sought so, else empty
-- officials_made: complete sum of the best figures; empty if any is unknown
-- officials_made_known: sum of the best figures that are known; empty if none is
-- officials_made_low: lower bound of the complete sum
-- officials_made_high: upper bound of the complete sum; empty if any is open or unknown
-- n_unknown_made: decisions without a best figure though people were told to go, or may have been
-- n_open_made: decisions whose upper end is open
-- expulsions_suffered: decisions against it; 0 only where all that scope promises of them was sought so, else empty
-- officials_suffered: complete sum of the best figures; empty if any is unknown
-- officials_suffered_known: sum of the best figures that are known; empty if none is
-- officials_suffered_low: lower bound of the complete sum
-- officials_suffered_high: upper bound of the complete sum; empty if any is open or unknown
-- n_unknown_suffered: decisions without a best figure though people were told to go, or may have been
-- n_open_suffered: decisions whose upper end is open
CREATE VIEW actor_years AS
WITH sides AS (
    SELECT expeller AS actor_id, true AS made, * FROM expulsion_dyads WHERE counts AND in_scope
    UNION ALL SELECT target, false, * FROM expulsion_dyads WHERE counts AND in_scope
),
summed AS (
    SELECT actor_id, year(announced_on)::INTEGER AS year, made,
        count(*)::INTEGER AS expulsions, complete_sum(officials_best, unknown) AS officials,
        known_sum(officials_best, unknown) AS known, low_sum(officials_low) AS low,
        high_sum(officials_high, officials_best, unknown) AS high,
        count(*) FILTER (unknown)::INTEGER AS n_unknown, count(*) FILTER (open)::INTEGER AS n_open
    FROM sides GROUP BY ALL
),
swept AS (
    SELECT a.actor_id, a.year, w.made, w.other, h.half
    FROM (
        SELECT unnest(string_split(expeller_scope, ' ')) AS actor_id, string_split(target_scope, ' ') AS other, true AS made, period_from, period_until
        FROM searches WHERE purpose = 'sweep'
        UNION SELECT unnest(string_split(target_scope, ' ')), string_split(expeller_scope, ' '), false, period_from, period_until
        FROM searches WHERE purpose = 'sweep'
    ) AS w CROSS JOIN (SELECT unnest([1, 2]) AS half) AS h
    JOIN actors_by_year AS a ON a.actor_id = w.actor_id
        AND w.period_from <= make_date(a.year, h.half * 6 - 5, 1) AND w.period_until >= last_day(make_date(a.year, h.half * 6, 1))
    WHERE w.period_until < w.period_from + INTERVAL 5 YEAR
),
sought AS (
    SELECT actor_id, year, count(DISTINCT half) FILTER (made) = 2 AS as_expeller, count(DISTINCT half) FILTER (NOT made) = 2 AS as_target
    FROM swept GROUP BY ALL
),
-- Each promise that touches an actor's year, and whether it takes in the whole of it and sweeps all of the other side.
promises AS (
    SELECT a.actor_id, a.year, p.made,
        p.period_from <= make_date(a.year, 1, 1) AND p.period_until >= make_date(a.year, 12, 31) AND count(DISTINCT w.half) = 2 AS kept
    FROM (
        SELECT expeller_scope AS own, target_scope AS other, true AS made, period_from, period_until FROM scope
        UNION ALL SELECT target_scope, expeller_scope, false, period_from, period_until FROM scope
    ) AS p
    JOIN actors_by_year AS a ON list_has_any(string_split(p.own, ' '), ['*', a.actor_id])
        AND a.year BETWEEN year(p.period_from) AND year(p.period_until)
    LEFT JOIN swept AS w ON w.actor_id = a.actor_id AND w.year = a.year AND w.made = p.made
        AND (list_contains(w.other, '*') OR list_has_all(w.other, string_split(p.other, ' ')))
    GROUP BY a.actor_id, a.year, p.made, p.own, p.other, p.period_from, p.period_until
),
zeros AS (
    SELECT actor_id, year, bool_and(kept) FILTER (made) AS made, bool_and(kept) FILTER (NOT made) AS suffered
    FROM promises GROUP BY ALL
),
years AS (SELECT DISTINCT unnest(generate_series(year(period_from), year(period_until)))::INTEGER AS year FROM scope)
SELECT a.actor_id, a.year, a.ccode, a.gwcode,
    coalesce(w.as_expeller, false) AS sought_as_expeller, coalesce(w.as_target, false) AS sought_as_target,
    coalesce(m.expulsions, CASE WHEN z.made THEN 0 END) AS expulsions_made,
    CASE WHEN m.expulsions IS NOT NULL THEN m.officials WHEN z.made THEN 0 END AS officials_made,
    CASE WHEN m.expulsions IS NOT NULL THEN m.known WHEN z.made THEN 0 END AS officials_made_known,
    coalesce(m.low, CASE WHEN z.made THEN 0 END) AS officials_made_low,
    CASE WHEN m.expulsions IS NOT NULL THEN m.high WHEN z.made THEN 0 END AS officials_made_high,
    coalesce(m.n_unknown, CASE WHEN z.made THEN 0 END) AS n_unknown_made, coalesce(m.n_open, CASE WHEN z.made THEN 0 END) AS n_open_made,
    coalesce(f.expulsions, CASE WHEN z.suffered THEN 0 END) AS expulsions_suffered,
    CASE WHEN f.expulsions IS NOT NULL THEN f.officials WHEN z.suffered THEN 0 END AS officials_suffered,
    CASE WHEN f.expulsions IS NOT NULL THEN f.known WHEN z.suffered THEN 0 END AS officials_suffered_known,
    coalesce(f.low, CASE WHEN z.suffered THEN 0 END) AS officials_suffered_low,
    CASE WHEN f.expulsions IS NOT NULL THEN f.high WHEN z.suffered THEN 0 END AS officials_suffered_high,
    coalesce(f.n_unknown, CASE WHEN z.suffered THEN 0 END) AS n_unknown_suffered, coalesce(f.n_open, CASE WHEN z.suffered THEN 0 END) AS n_open_suffered
FROM actors_by_year AS a JOIN years AS y USING (year)
LEFT JOIN sought AS w USING (actor_id, year)
LEFT JOIN zeros AS z USING (actor_id, year)
LEFT JOIN summed AS m ON m.actor_id = a.actor_id AND m.year = a.year AND m.made
LEFT JOIN summed AS f ON f.actor_id = a.actor_id AND f.year = a.year AND NOT f.made
ORDER BY a.actor_id, a.year;
