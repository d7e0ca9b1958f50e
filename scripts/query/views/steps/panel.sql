-- One row per directed dyad and year, or month: those with a decision, and with zeros all pairs of actors that existed at the same time in it; 1 is the expeller, 2 the target.
-- expeller: and all other columns of dyad_years and dyad_months; below the chosen effort, or outside the scope, cells without a decision are empty, not 0
CREATE MACRO panel(first_year, final_year, zeros, at_least, dated_by, monthly) AS TABLE
WITH sums AS (SELECT * FROM panel_sums(dated_by, monthly) AS s WHERE s.year BETWEEN first_year AND final_year),
periods AS (
    SELECT y.year, m.month, make_date(y.year, coalesce(m.month, 1), 1) AS first_day, last_day(make_date(y.year, coalesce(m.month, 12), 1)) AS final_day
    FROM (SELECT DISTINCT a.year FROM actors_by_year AS a WHERE zeros AND a.year BETWEEN first_year AND final_year) AS y
    CROSS JOIN (SELECT unnest(CASE WHEN monthly THEN range(1, 13)::INTEGER[] ELSE [NULL::INTEGER] END) AS month) AS m
),
-- Cut to the period, the spells of both systems are mostly one.
present AS (
    SELECT DISTINCT s.actor_id, p.year, p.month, greatest(s.first_day, p.first_day) AS since, least(s.last_day, p.final_day) AS until
    FROM periods AS p JOIN actor_spells AS s ON s.first_day <= p.final_day AND s.last_day >= p.first_day
),
cells AS (
    SELECT s.expeller, s.target, s.year, s.month FROM sums AS s
    UNION
    SELECT x.actor_id, t.actor_id, x.year, x.month
    FROM present AS x
    JOIN present AS t ON t.year = x.year AND t.month IS NOT DISTINCT FROM x.month AND t.actor_id <> x.actor_id
        AND t.since <= x.until AND x.since <= t.until
),
looked AS (
    SELECT c.*, coalesce(f.effort, 'none') AS effort,
        effort_rank(coalesce(f.effort, 'none')) >= effort_rank(at_least) AND promised(
            c.expeller, c.target, make_date(c.year, coalesce(c.month, 1), 1), last_day(make_date(c.year, coalesce(c.month, 12), 1))
        ) AS sought
    FROM cells AS c
    LEFT JOIN effort_by_year AS f ON f.expeller = c.expeller AND f.target = c.target AND f.year = c.year
)
SELECT l.expeller, l.target, l.year, l.month,
    x.ccode AS ccode1, t.ccode AS ccode2, x.gwcode AS gwcode1, t.gwcode AS gwcode2,
    xa.name AS expeller_name, ta.name AS target_name, xa.kind <> 'state' OR ta.kind <> 'state' AS involves_organisation,
    l.effort,
    coalesce(s.expulsions, CASE WHEN l.sought THEN 0 END) AS expulsions,
    CASE WHEN s.expulsions IS NULL AND l.sought THEN 0 ELSE s.officials END AS officials,
    CASE WHEN s.expulsions IS NULL AND l.sought THEN 0 ELSE s.officials_known END AS officials_known,
    coalesce(s.officials_low, CASE WHEN l.sought THEN 0 END) AS officials_low,
    CASE WHEN s.expulsions IS NULL AND l.sought THEN 0 ELSE s.officials_high END AS officials_high,
    coalesce(s.n_unknown, CASE WHEN l.sought THEN 0 END) AS n_unknown,
    coalesce(s.n_open, CASE WHEN l.sought THEN 0 END) AS n_open,
    s.posts_cut,
    coalesce(s.heads_of_mission, CASE WHEN l.sought THEN 0 END) AS heads_of_mission,
    coalesce(s.n_retaliation, CASE WHEN l.sought THEN 0 END) AS n_retaliation,
    coalesce(s.n_undated, CASE WHEN l.sought THEN 0 END) AS n_undated
FROM looked AS l
LEFT JOIN sums AS s ON s.expeller = l.expeller AND s.target = l.target AND s.year = l.year AND s.month IS NOT DISTINCT FROM l.month
JOIN actors AS xa ON xa.actor_id = l.expeller
JOIN actors AS ta ON ta.actor_id = l.target
LEFT JOIN actors_by_year AS x ON x.actor_id = l.expeller AND x.year = l.year
LEFT JOIN actors_by_year AS t ON t.actor_id = l.target AND t.year = l.year;
