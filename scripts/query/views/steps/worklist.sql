-- One row per thing that a curator should do next: what is missing, the row of raw/ that it is about, and a query to try.
-- rank: place of its kind in the order of work
-- kind: what is missing
-- key: what it is missing of
-- table_name: table of raw/ with the row
-- row_id: key of the row there; empty where rows are to be added
-- query: words to search for, or a command to run
CREATE VIEW worklist AS
WITH halves AS (
    SELECT a.actor_id, a.year, h.half, s.expeller_scope, s.target_scope,
        greatest(make_date(a.year, h.half * 6 - 5, 1), s.period_from) AS first_day, least(last_day(make_date(a.year, h.half * 6, 1)), s.period_until) AS final_day
    FROM scope AS s JOIN actors_by_year AS a ON a.year BETWEEN year(s.period_from) AND year(s.period_until)
    CROSS JOIN (SELECT unnest([1, 2]) AS half) AS h
),
promises AS (
    SELECT actor_id, year, half, first_day, final_day, role, CASE role WHEN 'expeller' THEN target_scope ELSE expeller_scope END AS other
    FROM halves, (SELECT unnest(['expeller', 'target']) AS role)
    WHERE first_day <= final_day
        AND list_has_any(string_split(CASE role WHEN 'expeller' THEN expeller_scope ELSE target_scope END, ' '), ['*', actor_id])
),
sweeps AS (
    SELECT unnest(string_split(expeller_scope, ' ')) AS actor_id, 'expeller' AS role, period_from, period_until FROM searches WHERE purpose = 'sweep'
    UNION SELECT unnest(string_split(target_scope, ' ')), 'target', period_from, period_until FROM searches WHERE purpose = 'sweep'
),
unswept AS (
    SELECT actor_id, year, half, string_agg(DISTINCT role, ' and ' ORDER BY role) AS roles,
        -- The one actor of whom all is promised, if it is not everyone.
        CASE WHEN NOT bool_or(starts_with(other, '*')) THEN max(other) END AS other
    FROM promises AS p
    WHERE NOT EXISTS (
        FROM sweeps AS w WHERE w.actor_id = p.actor_id AND w.role = p.role AND w.period_from <= p.first_day AND w.period_until >= p.final_day
            AND w.period_until < w.period_from + INTERVAL 5 YEAR
    ) GROUP BY ALL
),
-- One question may ask for five years at once.
spans AS (
    SELECT actor_id, roles, other, min(year || '-H' || half) AS first_half, max(year || '-H' || half) AS final_half
    FROM (SELECT *, year * 2 + half - row_number() OVER (PARTITION BY actor_id, roles, other, year // 5 ORDER BY year, half) AS run FROM unswept)
    GROUP BY actor_id, roles, other, year // 5, run
),
decisions AS (
    SELECT d.*, e.n_publishers, e.note,
        concat_ws(' ', CASE WHEN d.announced_precision <> 'year' THEN monthname(d.announced_on) END, year(d.announced_on)) AS month,
        concat_ws(' ', d.expeller_name, 'expels', d.target_name, 'diplomats', month, CASE
            WHEN e.ground_espionage THEN 'spying' WHEN e.ground_war THEN 'war' WHEN e.ground_violence THEN 'attack'
            WHEN e.ground_interference THEN 'interference' WHEN e.ground_retaliation THEN 'retaliation' WHEN e.ground_solidarity THEN 'solidarity'
        END) AS words
    FROM expulsion_dyads AS d JOIN expulsions AS e USING (expulsion_id) WHERE e.status <> 'retracted'
),
promised_replies AS (
    SELECT expulsion_id FROM decisions AS d WHERE reply = 'none_found' AND EXISTS (
        FROM (SELECT s.says FROM statements AS s WHERE s.expulsion_id = d.expulsion_id AND s.vantage = 'target' UNION ALL SELECT d.note) AS t(text)
        WHERE regexp_matches(t.text, '\b(announc|promis|vow|threaten|pledg|warn|reserv)\w* ([\w-]+ ){0,4}(repl[yi]|answer|respon|retaliat|reciproc|counter)')
    )
)
SELECT 1 AS rank, 'no sweep' AS kind, concat_ws(' ', actor_id, first_half, 'to ' || nullif(final_half, first_half), 'as', roles) AS key,
    'actors' AS table_name, actor_id AS row_id,
    concat_ws(
        ' ', a.name, o.name, 'diplomats expelled persona non grata ambassador ordered to leave',
        CASE right(first_half, 1) WHEN '1' THEN 'January' ELSE 'July' END, nullif(left(first_half, 4), left(final_half, 4)), 'to',
        CASE right(final_half, 1) WHEN '1' THEN 'June' ELSE 'December' END, left(final_half, 4)
    ) AS query
FROM spans JOIN actors AS a USING (actor_id) LEFT JOIN actors AS o ON o.actor_id = spans.other WHERE a.kind = 'state'
UNION ALL
SELECT 2, 'one publisher', expulsion_id, 'expulsions', expulsion_id, concat_ws(' ', words, replace(measure, '_', ' '), 'foreign ministry')
FROM decisions WHERE n_publishers < 2
UNION ALL
SELECT 3, 'no figure', expulsion_id, 'expulsions', expulsion_id, words || ' number of embassy staff given days to leave' FROM decisions WHERE unknown
UNION ALL
SELECT 4, 'no day', expulsion_id, 'expulsions', expulsion_id, words || ' ' || replace(measure, '_', ' ') || ' yesterday' FROM decisions WHERE announced_precision <> 'day'
UNION ALL
SELECT 5, 'claim unexplained', c.claim_id, 'claims', c.claim_id,
    concat_ws(' ', c.claimed_by, 'how many', coalesce(t.name, nullif(trim(c.target_scope, '*'), '')), 'diplomats expelled by', coalesce(x.name, nullif(replace(c.expeller_scope, '*', ''), '')), strftime(c.as_of, '%B %Y'))
FROM claim_checks AS c LEFT JOIN actors AS x ON x.actor_id = c.expeller_scope LEFT JOIN actors AS t ON t.actor_id = c.target_scope
WHERE NOT c.agrees AND coalesce(c.gap_reason, 'not_explained') = 'not_explained'
UNION ALL
SELECT 6, 'reply promised', expulsion_id, 'expulsions', expulsion_id, concat_ws(' ', target_name, 'expels', expeller_name, 'diplomats in response', month)
FROM decisions JOIN promised_replies USING (expulsion_id)
UNION ALL
SELECT 7, 'second coding due', concat_ws(' ', n_due, kind, region, period), 'recodings', NULL, 'make check-sheet'
FROM reliability_cells WHERE n_due > 0;
