-- One row per UN region of the expeller and five years: how decisions were looked for there, how they are attested, and how many are missed at least.
-- region: UN region of the expeller; empty for expellers that have none
-- from_year: first of five years
-- n_sweeps: questions of sweeps that name one of its states as expeller and reach into the years
-- sought: share of its states and years wholly in scope that sweeps of at most five years looked for by name as expeller and as target
-- n_expulsions: decisions that count
-- two_publishers: share of them that two publishers or more report
-- official: share of them with a standing statement by an official of either side
-- n_listed: decisions on the list by quarrels, made blind to the sweep; since 2014 without Russia's
-- sweep_recall: share of these that the sweep found too; empty if there are fewer than seven
-- missed: Chapman's estimate of those on neither list, a lower bound of what this archive could show; empty if fewer than seven are on both
-- missed_low: lower end of its 95 % interval
-- missed_high: upper end
CREATE VIEW regional_effort AS
WITH states AS (
    SELECT a.un_region AS region, y.year // 5 * 5 AS from_year, round(avg((y.sought_as_expeller AND y.sought_as_target)::INTEGER), 4) AS sought
    FROM actor_years AS y JOIN actors AS a USING (actor_id)
    WHERE a.un_region IS NOT NULL AND make_date(y.year, 12, 31) <= (SELECT max(period_until) FROM scope) GROUP BY ALL
),
decisions AS (
    SELECT a.un_region AS region, year(e.announced_on) // 5 * 5 AS from_year, count(*) AS n,
        round(avg((e.n_publishers > 1)::INTEGER), 4) AS two_publishers,
        round(avg((EXISTS (
            FROM statements AS s
            WHERE s.expulsion_id = e.expulsion_id AND s.standing IN ('accepted', 'authoritative') AND s.attribution = 'official' AND s.vantage IN ('expeller', 'target')
        ))::INTEGER), 4) AS official
    FROM expulsions AS e JOIN actors AS a ON a.actor_id = e.expeller
    WHERE e.counts GROUP BY ALL
),
sweeps AS (
    SELECT a.un_region AS region, d.from_year, count(DISTINCT s.language || s.query) AS n
    FROM (SELECT *, unnest(string_split(expeller_scope, ' ')) AS named FROM searches WHERE purpose = 'sweep') AS s
    JOIN actors AS a ON a.actor_id = s.named
    JOIN (SELECT DISTINCT from_year FROM decisions) AS d
        ON year(s.period_from) < d.from_year + 5 AND year(s.period_until) >= d.from_year
    WHERE a.un_region IS NOT NULL GROUP BY ALL
),
recaptured AS (FROM capture_recapture WHERE list_a = 'quarrels' AND list_b = 'sweep' AND region <> '*' AND until_year - from_year = 4)
SELECT d.region, d.from_year::INTEGER AS from_year, coalesce(w.n, 0)::INTEGER AS n_sweeps, s.sought, d.n::INTEGER AS n_expulsions, d.two_publishers, d.official,
    coalesce(c.n_a, 0)::INTEGER AS n_listed, CASE WHEN c.n_a >= 7 THEN round(c.n_both / c.n_a, 4) END AS sweep_recall,
    round(c.estimate - c.n_found, 1) AS missed, round(c.estimate_low - c.n_found, 1) AS missed_low, round(c.estimate_high - c.n_found, 1) AS missed_high
FROM decisions AS d
LEFT JOIN states AS s ON s.region = d.region AND s.from_year = d.from_year
LEFT JOIN sweeps AS w ON w.region = d.region AND w.from_year = d.from_year
LEFT JOIN recaptured AS c ON c.region = d.region AND c.from_year = d.from_year
ORDER BY d.region, d.from_year;
