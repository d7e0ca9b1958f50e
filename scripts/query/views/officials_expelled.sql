-- One row: the officials of one target expelled by anybody between two days, both included.
-- expulsions: decisions
-- expellers: actors that took them
-- officials_known_low: sum of the low figures
-- officials_known: sum of the best figures
-- officials_known_high: sum of the high figures, of the best where the end is open
-- n_unknown: decisions without a published figure
-- posts_cut: sum of posts cut, not part of the officials
-- headline: Officials expelled by anybody from anywhere, all years, best figures known (sum): SELECT expulsion_id, officials_best FROM expulsion_dyads WHERE counts
CREATE MACRO officials_expelled(target, since, until) AS TABLE
SELECT count(*) AS expulsions, count(DISTINCT e.expeller) AS expellers,
    coalesce(sum(coalesce(e.officials_low, e.officials_best)), 0)::INTEGER AS officials_known_low,
    coalesce(sum(e.officials_best), 0)::INTEGER AS officials_known,
    coalesce(sum(greatest(e.officials_high, e.officials_best)), 0)::INTEGER AS officials_known_high,
    count(*) FILTER (e.unknown) AS n_unknown,
    sum(e.posts_cut)::INTEGER AS posts_cut
FROM expulsion_dyads AS e
WHERE e.counts AND e.target = target AND e.announced_on BETWEEN since AND until;
