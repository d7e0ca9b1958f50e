-- One row per directed pair of codes of one state system and year: decisions of all actors that had the codes, by the code of the day; 0 where every pair of actors that had them was sought with both sides by name.
-- code1: code of the expeller
-- code2: code of the target
-- year: year of the announcement
-- effort: the least effort of the pairs of actors
-- expulsions: and the other sums of dyad_years
CREATE MACRO code_years(system, first_year, final_year) AS TABLE
WITH held AS (
    SELECT m.actor_id, m.code, y.year FROM memberships AS m
    JOIN (SELECT DISTINCT year FROM actors_by_year) AS y
        ON m.joined_on <= make_date(y.year, 12, 31) AND coalesce(m.left_on, DATE '9999-12-31') >= make_date(y.year, 1, 1)
    WHERE m.organisation = system AND y.year BETWEEN first_year AND final_year
),
pairs AS (
    SELECT x.code AS code1, t.code AS code2, x.year,
        arg_min(coalesce(f.effort, 'none'), effort_rank(coalesce(f.effort, 'none'))) AS effort,
        bool_and(promised(x.actor_id, t.actor_id, make_date(x.year, 1, 1), make_date(x.year, 12, 31))) AS promised
    FROM held AS x JOIN held AS t ON t.year = x.year AND t.code <> x.code
    LEFT JOIN effort_by_year AS f ON f.expeller = x.actor_id AND f.target = t.actor_id AND f.year = x.year
    GROUP BY ALL
),
found AS (
    SELECT CASE system WHEN 'COW' THEN d.expeller_cow ELSE d.expeller_gw END AS code1,
        CASE system WHEN 'COW' THEN d.target_cow ELSE d.target_gw END AS code2, year(d.announced_on)::INTEGER AS year,
        count(*)::INTEGER AS expulsions, complete_sum(d.officials_best, d.unknown) AS officials,
        known_sum(d.officials_best, d.unknown) AS officials_known, low_sum(d.officials_low) AS officials_low,
        high_sum(d.officials_high, d.officials_best, d.unknown) AS officials_high,
        count(*) FILTER (d.unknown)::INTEGER AS n_unknown, count(*) FILTER (d.open)::INTEGER AS n_open
    FROM expulsion_dyads AS d WHERE d.counts AND d.in_scope GROUP BY ALL
),
zeroed AS (
    SELECT p.code1, p.code2, p.year, p.effort, f.* EXCLUDE (code1, code2, year),
        f.expulsions IS NULL AND p.promised AND p.effort = 'both_sides' AS zero
    FROM pairs AS p LEFT JOIN found AS f ON f.code1 = p.code1 AND f.code2 = p.code2 AND f.year = p.year
)
SELECT code1, code2, year, effort,
    CASE WHEN zero THEN 0 ELSE expulsions END AS expulsions, CASE WHEN zero THEN 0 ELSE officials END AS officials,
    CASE WHEN zero THEN 0 ELSE officials_known END AS officials_known, CASE WHEN zero THEN 0 ELSE officials_low END AS officials_low,
    CASE WHEN zero THEN 0 ELSE officials_high END AS officials_high, CASE WHEN zero THEN 0 ELSE n_unknown END AS n_unknown,
    CASE WHEN zero THEN 0 ELSE n_open END AS n_open
FROM zeroed;
