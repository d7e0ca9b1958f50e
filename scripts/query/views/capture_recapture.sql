-- One row per direction and pooled period that was harvested twice: Chapman's estimate of how many expulsions were publicly disclosed. Lists that favour the same large cases make it too low, so it is a lower bound; quiet expulsions are in no list and outside it.
-- expeller: whose decisions: RUS, or * for everyone's
-- target: against whose officials: RUS, or * for everyone's
-- from_year: first year pooled
-- until_year: last year pooled
-- n_expeller_side: expulsions found from the expellers' side
-- n_target_side: expulsions found from the targets' side
-- n_both: found from both
-- n_found: found from either
-- n_known: expulsions in this package, those found later included
-- estimate: Chapman's estimate; empty if fewer than seven were found from both
-- estimate_low: lower end of its 95 % interval (log-normal, never below n_found)
-- estimate_high: upper end
-- headline: Publicly disclosed expulsions estimated from two blind harvests, at least (sum): SELECT expeller || '/' || target || '/' || from_year || '/' || until_year, estimate FROM capture_recapture WHERE expeller = '*' AND target = '*' AND from_year = 2014 AND until_year = 2026
CREATE VIEW capture_recapture AS
WITH pools (from_year, until_year) AS (VALUES (2014, 2017), (2018, 2018), (2019, 2020), (2023, 2024), (2025, 2026)),
spans AS (FROM pools UNION SELECT min(from_year), max(until_year) FROM pools),
directions (expeller, target) AS (VALUES ('*', '*'), ('*', 'RUS'), ('RUS', '*')),
listed AS (
    SELECT d.expulsion_id, d.expeller, d.target, year(d.announced_on) AS year,
        coalesce(bool_or(h.found_by = 'expeller_side'), false) AS by_expeller, coalesce(bool_or(h.found_by = 'target_side'), false) AS by_target
    FROM expulsion_dyads AS d LEFT JOIN harvests AS h USING (expulsion_id)
    WHERE d.status <> 'retracted' AND 'RUS' IN (d.expeller, d.target)
        AND EXISTS (FROM pools AS p WHERE year(d.announced_on) BETWEEN p.from_year AND p.until_year)
    GROUP BY ALL
),
counted AS (
    SELECT r.expeller, r.target, p.from_year, p.until_year,
        count(*) FILTER (l.by_expeller) AS n1, count(*) FILTER (l.by_target) AS n2,
        count(*) FILTER (l.by_expeller AND l.by_target) AS m, count(*) FILTER (l.by_expeller OR l.by_target) AS found, count(*) AS known
    FROM spans AS p CROSS JOIN directions AS r
    JOIN listed AS l ON l.year BETWEEN p.from_year AND p.until_year AND r.expeller IN ('*', l.expeller) AND r.target IN ('*', l.target)
    GROUP BY ALL HAVING found > 0
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
SELECT expeller, target, from_year, until_year, n1 AS n_expeller_side, n2 AS n_target_side, m AS n_both, found AS n_found, known AS n_known,
    round(estimate, 1) AS estimate, round(found + coalesce(missed / factor, missed), 1) AS estimate_low,
    round(found + coalesce(missed * factor, missed), 1) AS estimate_high
FROM spread
ORDER BY expeller, target, until_year - from_year, from_year;
