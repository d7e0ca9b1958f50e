-- One row per actor that expelled Russian officials from 24 February 2022 on.
-- expeller: the actor
-- name: its name
-- expulsions: decisions
-- officials: complete sum of the best figures; empty if any is unknown
-- officials_known: sum of the best figures that are known; empty if none is
-- officials_low: lower bound of the complete sum
-- officials_high: upper bound of the complete sum; empty if any is open or unknown
-- n_unknown: decisions without a best figure though people were told to go, or may have been
-- n_open: decisions whose upper end is open
-- posts_cut: sum of posts cut; empty if none was stated
-- first_announced_on: first decision
-- last_announced_on: last decision
-- headline: Russian officials expelled since 24 February 2022, best figures known (sum): SELECT expulsion_id, officials_best FROM expulsion_dyads WHERE counts AND target = 'RUS' AND announced_on >= DATE '2022-02-24'
CREATE VIEW officials_since_invasion AS
SELECT expeller, expeller_name AS name, count(*) AS expulsions,
    complete_sum(officials_best, unknown) AS officials,
    known_sum(officials_best, unknown) AS officials_known,
    low_sum(officials_low) AS officials_low,
    high_sum(officials_high, officials_best, unknown) AS officials_high,
    count(*) FILTER (unknown) AS n_unknown, count(*) FILTER (open) AS n_open,
    sum(posts_cut)::INTEGER AS posts_cut,
    min(announced_on) AS first_announced_on, max(announced_on) AS last_announced_on
FROM expulsion_dyads
WHERE counts AND target = 'RUS' AND announced_on >= DATE '2022-02-24'
GROUP BY expeller, expeller_name
ORDER BY officials_known DESC NULLS LAST, expeller;
