-- One row per directed dyad and year, or month, with a decision that counts and is in scope; in months only those whose month is known.
-- expeller: actor that orders officials out
-- target: actor that employs the officials
-- year: year of the decision
-- month: its month; empty in sums of years
-- expulsions: and all other sums of dyad_years and dyad_months
CREATE MACRO panel_sums(dated_by, monthly) AS TABLE
WITH dated AS (
    SELECT d.*, e.head_of_mission,
        CASE dated_by WHEN 'announced' THEN d.announced_on WHEN 'acted' THEN coalesce(e.acted_from, d.announced_on)
            ELSE error('"' || dated_by || '" dates no decision. Choose announced or acted.') END AS day,
        CASE WHEN dated_by = 'acted' AND e.acted_from IS NOT NULL
            THEN last_day(e.acted_from) = last_day(coalesce(e.acted_until, e.acted_from))
            ELSE d.announced_precision <> 'year' END AS month_known,
        EXISTS (FROM answers AS a WHERE a.expulsion_id = d.expulsion_id AND a.relation = 'retaliation') AS retaliates
    FROM expulsion_dyads AS d JOIN expulsions AS e USING (expulsion_id)
    WHERE d.counts AND d.in_scope
)
SELECT expeller, target, year(day)::INTEGER AS year, CASE WHEN monthly THEN month(day)::INTEGER END AS month,
    count(*)::INTEGER AS expulsions,
    complete_sum(officials_best, unknown) AS officials,
    known_sum(officials_best, unknown) AS officials_known,
    low_sum(officials_low) AS officials_low,
    high_sum(officials_high, officials_best, unknown) AS officials_high,
    count(*) FILTER (unknown)::INTEGER AS n_unknown,
    count(*) FILTER (open)::INTEGER AS n_open,
    sum(posts_cut)::INTEGER AS posts_cut,
    count(*) FILTER (head_of_mission)::INTEGER AS heads_of_mission,
    count(*) FILTER (retaliates)::INTEGER AS n_retaliation,
    count(*) FILTER (NOT month_known)::INTEGER AS n_undated
FROM dated
WHERE month_known OR NOT monthly
GROUP BY ALL;
