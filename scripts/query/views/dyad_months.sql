-- One row per directed dyad and month with an expulsion whose month is known.
-- expeller: actor that orders officials out
-- target: actor that employs the officials
-- month: first day of the month of the announcement
-- expulsions: decisions
-- officials_known_low: sum of the low figures
-- officials_known: sum of the best figures
-- officials_known_high: sum of the high figures
-- n_unknown: decisions without a published figure
-- posts_cut: sum of posts cut; empty if none was stated
CREATE VIEW dyad_months AS
SELECT expeller, target, date_trunc('month', announced_on)::DATE AS month, count(*) AS expulsions,
    coalesce(sum(coalesce(officials_low, officials_best)), 0)::INTEGER AS officials_known_low,
    coalesce(sum(officials_best), 0)::INTEGER AS officials_known,
    coalesce(sum(greatest(officials_high, officials_best)), 0)::INTEGER AS officials_known_high,
    count(*) FILTER (unknown) AS n_unknown,
    sum(posts_cut)::INTEGER AS posts_cut
FROM expulsion_dyads
WHERE counts AND announced_precision <> 'year'
GROUP BY expeller, target, date_trunc('month', announced_on)
ORDER BY expeller, target, month;
