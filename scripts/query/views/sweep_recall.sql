-- One row per list beside the sweep, and region of the expeller, five years, or size: the share of the list's decisions that the sweep found too.
-- listed_by: name of the other list
-- grouped_by: all, region, years or size
-- value: the region (empty for expellers that have none), the first of five years, one, several or unknown officials; * for all
-- n_listed: decisions on that list
-- n_found: of these, decisions that the sweep found
-- recall: their share
-- recall_low: lower end of its 95 % interval (Wilson)
-- recall_high: upper end
CREATE VIEW sweep_recall AS
WITH entries AS (
    SELECT h.found_by AS listed_by, a.un_region AS region, (year(e.announced_on) // 5 * 5)::VARCHAR AS years,
        CASE WHEN e.officials_best = 1 THEN 'one' WHEN e.officials_best > 1 THEN 'several' ELSE 'unknown' END AS size,
        EXISTS (FROM harvests AS s WHERE s.expulsion_id = h.expulsion_id AND s.found_by = 'sweep') AS found
    FROM harvests AS h JOIN expulsions AS e USING (expulsion_id) JOIN actors AS a ON a.actor_id = e.expeller
    -- Lists are held against the sweep only where it met them.
    WHERE h.found_by IN (
        SELECT o.found_by FROM harvests AS o JOIN harvests AS s USING (expulsion_id) WHERE s.found_by = 'sweep' AND o.found_by <> 'sweep'
    )
),
counted AS (
    SELECT listed_by, CASE 0 WHEN grouping(region) THEN 'region' WHEN grouping(years) THEN 'years' WHEN grouping(size) THEN 'size' ELSE 'all' END AS grouped_by,
        CASE WHEN grouped_by = 'all' THEN '*' ELSE coalesce(region, years, size) END AS value, count(*) AS n, count(*) FILTER (found) AS k
    FROM entries GROUP BY GROUPING SETS ((listed_by), (listed_by, region), (listed_by, years), (listed_by, size))
)
SELECT listed_by, grouped_by, value, n AS n_listed, k AS n_found, round(k / n, 4) AS recall,
    round((k + 1.9208 - 1.96 * sqrt(k * (n - k) / n + 0.9604)) / (n + 3.8416), 4) AS recall_low,
    round((k + 1.9208 + 1.96 * sqrt(k * (n - k) / n + 0.9604)) / (n + 3.8416), 4) AS recall_high
FROM counted
ORDER BY listed_by, grouped_by, value;
