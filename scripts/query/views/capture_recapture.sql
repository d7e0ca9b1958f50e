-- One row per pair of lists closed blind to each other, region of the expeller and five years: Chapman's estimate of how many expulsions were publicly disclosed. Lists that favour the same large cases make it too low: a lower bound of what this archive could show; quiet expulsions are in no list.
-- list_a: name of the one list
-- list_b: name of the other
-- region: UN region of the expeller, or * for all; empty for expellers that have none
-- from_year: first year pooled
-- until_year: last year pooled
-- n_a: expulsions on the one list
-- n_b: expulsions on the other
-- n_both: expulsions on both
-- n_found: expulsions on either
-- estimate: Chapman's estimate; empty if fewer than seven are on both
-- estimate_low: lower end of its 95 % interval (log-normal, never below n_found)
-- estimate_high: upper end
-- headline: Publicly disclosed expulsions estimated from the two blind harvests of Russia's, at least (sum): SELECT list_a || '/' || list_b || '/' || region, estimate FROM capture_recapture WHERE list_a = 'expeller_side' AND list_b = 'target_side' AND region = '*' AND until_year - from_year > 4
CREATE VIEW capture_recapture AS
WITH listed AS (
    SELECT h.expulsion_id, h.found_by, a.un_region AS region, year(e.announced_on) AS year, (year(e.announced_on) // 5 * 5)::INTEGER AS lustrum
    FROM harvests AS h JOIN expulsions AS e USING (expulsion_id) JOIN actors AS a ON a.actor_id = e.expeller
    WHERE e.status <> 'retracted'
),
-- Two lists are a pair where they meet.
paired AS (
    SELECT DISTINCT a.found_by AS list_a, b.found_by AS list_b
    FROM listed AS a JOIN listed AS b ON a.expulsion_id = b.expulsion_id AND a.found_by < b.found_by
),
entries AS (
    SELECT p.list_a, p.list_b, l.expulsion_id, l.region, l.lustrum, any_value(l.year) AS year,
        bool_or(l.found_by = p.list_a) AS on_a, bool_or(l.found_by = p.list_b) AS on_b
    FROM paired AS p JOIN listed AS l ON l.found_by IN (p.list_a, p.list_b)
    GROUP BY ALL
),
counted AS (
    SELECT list_a, list_b, CASE WHEN grouping(region) = 1 THEN '*' ELSE region END AS region,
        coalesce(lustrum, min(year))::INTEGER AS from_year, coalesce(lustrum + 4, max(year))::INTEGER AS until_year,
        count(*) FILTER (on_a) AS n1, count(*) FILTER (on_b) AS n2, count(*) FILTER (on_a AND on_b) AS m, count(*) AS found
    FROM entries
    GROUP BY GROUPING SETS ((list_a, list_b), (list_a, list_b, region), (list_a, list_b, lustrum), (list_a, list_b, region, lustrum))
),
estimated AS (
    SELECT *, CASE WHEN m >= 7 THEN (n1 + 1) * (n2 + 1) / (m + 1) - 1 END AS estimate,
        (n1 + 1) * (n2 + 1) * (n1 - m) * (n2 - m) / ((m + 1) ** 2 * (m + 2)) AS variance
    FROM counted
),
-- After Chao (1987) the number missed, not the total, is taken as log-normal.
spread AS (
    SELECT *, estimate - found AS missed, exp(1.96 * sqrt(ln(1 + variance / nullif(estimate - found, 0) ** 2))) AS factor FROM estimated
)
SELECT list_a, list_b, region, from_year, until_year, n1 AS n_a, n2 AS n_b, m AS n_both, found AS n_found,
    round(estimate, 1) AS estimate, round(found + coalesce(missed / factor, missed), 1) AS estimate_low,
    round(found + coalesce(missed * factor, missed), 1) AS estimate_high
FROM spread
ORDER BY list_a, list_b, region, until_year - from_year DESC, from_year;
