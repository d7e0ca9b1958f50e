-- One row per directed dyad with a decision that counts, in scope or not: sums over all days.
-- expeller: actor that orders officials out
-- target: actor that employs the officials
-- expulsions: decisions
-- officials: complete sum of the best figures; empty if any is unknown
-- officials_known: sum of the best figures that are known; empty if none is
-- officials_low: lower bound of the complete sum
-- officials_high: upper bound of the complete sum; empty if any is open or unknown
-- n_unknown: decisions without a best figure though people were told to go, or may have been
-- n_open: decisions whose upper end is open
-- posts_cut: sum of posts cut; empty if none was stated
-- first_announced_on: first announcement
-- last_announced_on: last announcement
-- reciprocated: true if the reversed dyad has a decision too
CREATE VIEW dyads AS
SELECT d.expeller, d.target, count(*)::INTEGER AS expulsions,
    complete_sum(d.officials_best, d.unknown) AS officials,
    known_sum(d.officials_best, d.unknown) AS officials_known,
    low_sum(d.officials_low) AS officials_low,
    high_sum(d.officials_high, d.officials_best, d.unknown) AS officials_high,
    count(*) FILTER (d.unknown)::INTEGER AS n_unknown,
    count(*) FILTER (d.open)::INTEGER AS n_open,
    sum(d.posts_cut)::INTEGER AS posts_cut,
    min(d.announced_on) AS first_announced_on, max(d.announced_on) AS last_announced_on,
    EXISTS (FROM expulsion_dyads AS r WHERE r.counts AND r.expeller = d.target AND r.target = d.expeller) AS reciprocated
FROM expulsion_dyads AS d
WHERE d.counts
GROUP BY d.expeller, d.target
ORDER BY d.expeller, d.target;
