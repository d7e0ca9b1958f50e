-- One row: the officials of one target expelled by anybody between two days, both included.
-- expulsions: decisions
-- expellers: actors that took them
-- officials: complete sum of the best figures; empty if any is unknown
-- officials_known: sum of the best figures that are known; empty if none is
-- officials_low: lower bound of the complete sum
-- officials_high: upper bound of the complete sum; empty if any is open or unknown
-- n_unknown: decisions without a best figure though people were told to go, or may have been
-- n_open: decisions whose upper end is open
-- posts_cut: sum of posts cut, not part of the officials
-- headline: Officials expelled by anybody from anywhere, all years, best figures known (sum): SELECT expulsion_id, officials_best FROM expulsion_dyads WHERE counts
CREATE MACRO officials_expelled(target, since, until) AS TABLE
SELECT count(*) AS expulsions, count(DISTINCT e.expeller) AS expellers,
    complete_sum(e.officials_best, e.unknown) AS officials,
    known_sum(e.officials_best, e.unknown) AS officials_known,
    low_sum(e.officials_low) AS officials_low,
    high_sum(e.officials_high, e.officials_best, e.unknown) AS officials_high,
    count(*) FILTER (e.unknown) AS n_unknown, count(*) FILTER (e.open) AS n_open,
    sum(e.posts_cut)::INTEGER AS posts_cut
FROM expulsion_dyads AS e
WHERE e.counts AND e.target = target AND e.announced_on BETWEEN since AND until;
