-- One row per kind of unit, region of the expeller and period: how many were coded a second time, and how many more are due.
-- kind: statements, or dossiers, each a decision with its pages
-- region: UN region of the expeller, Africa and Oceania as one
-- period: years of the announcement
-- n_units: statements or decisions that there are
-- n_recoded: of these coded twice, in any blind sample but the gold set
-- variable: the variable with the widest interval, of those with at least fifteen rarer values; empty if none has
-- half_width: half of its 95 % interval of alpha, in the sample where that is narrowest
-- n_wanted: 60 statements or 12 dossiers, and as many as bring the half-width to 0.10 by the law of the square root; all if there are fewer
-- n_due: how many are wanted still
CREATE VIEW reliability_cells AS
WITH decisions AS (
    SELECT e.expulsion_id, CASE WHEN a.un_region IN ('Africa', 'Oceania') THEN 'Africa and Oceania' ELSE a.un_region END AS region,
        CASE WHEN year(e.announced_on) < 1990 THEN '1946-1989' WHEN year(e.announced_on) < 2014 THEN '1990-2013' ELSE '2014-' END AS period
    FROM expulsions AS e JOIN actors AS a ON a.actor_id = e.expeller
),
cells AS (
    SELECT * FROM (VALUES ('statements', 60), ('dossiers', 12)) AS k(kind, least_units),
        (SELECT unnest(['Africa and Oceania', 'Americas', 'Asia', 'Europe']) AS region),
        (SELECT unnest(['1946-1989', '1990-2013', '2014-']) AS period)
),
units AS (
    SELECT 'statements' AS kind, region, period, statement_id AS unit_id FROM statements JOIN decisions USING (expulsion_id)
    UNION ALL SELECT 'dossiers', region, period, expulsion_id FROM decisions
),
recoded AS (SELECT DISTINCT unit_id FROM recodings WHERE split_part(sample, '-', 1) IN ('statements', 'dossiers', 'cells', 'people')),
counted AS (
    SELECT kind, region, period, count(*)::INTEGER AS n_units, count(r.unit_id)::INTEGER AS n_recoded
    FROM units LEFT JOIN recoded AS r USING (unit_id) GROUP BY ALL
),
variables AS (
    SELECT regexp_extract(sample, 'statements|dossiers') AS kind, region, period, variable,
        round(min(alpha_high - alpha_low) / 2, 4) AS half_width, arg_min(n_units, alpha_high - alpha_low) AS n
    FROM reliability
    WHERE n_rarer >= 15 AND regexp_matches(sample, '^((cells|people)_)?(statements|dossiers)-') GROUP BY ALL
),
widest AS (
    SELECT kind, region, period, arg_max(variable, half_width) AS variable, max(half_width) AS half_width, arg_max(n, half_width) AS n
    FROM variables GROUP BY ALL
)
SELECT kind, region, period, coalesce(n_units, 0) AS n_units, coalesce(n_recoded, 0) AS n_recoded, variable, half_width,
    least(coalesce(n_units, 0), greatest(least_units, ceil(coalesce(n * (half_width / 0.10) ^ 2, 0))))::INTEGER AS n_wanted,
    greatest(0, n_wanted - coalesce(n_recoded, 0)) AS n_due
FROM cells LEFT JOIN counted USING (kind, region, period) LEFT JOIN widest USING (kind, region, period)
ORDER BY kind DESC, region, period;
