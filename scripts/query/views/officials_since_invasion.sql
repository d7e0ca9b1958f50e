-- One row per actor that expelled Russian officials from 24 February 2022 on.
-- expeller: the actor
-- name: its name
-- expulsions: decisions
-- officials_known_low: sum of the low figures
-- officials_known: sum of the best figures
-- officials_known_high: sum of the high figures
-- n_unknown: decisions without a published figure
-- posts_cut: sum of posts cut; empty if none was stated
-- first_announced_on: first decision
-- last_announced_on: last decision
-- headline: Russian officials expelled since 24 February 2022, best figures known (sum): SELECT expulsion_id, officials_best FROM expulsion_dyads WHERE counts AND target = 'RUS' AND announced_on >= DATE '2022-02-24'
CREATE VIEW officials_since_invasion AS
SELECT expeller, expeller_name AS name, count(*) AS expulsions,
    coalesce(sum(coalesce(officials_low, officials_best)), 0)::INTEGER AS officials_known_low,
    coalesce(sum(officials_best), 0)::INTEGER AS officials_known,
    coalesce(sum(greatest(officials_high, officials_best)), 0)::INTEGER AS officials_known_high,
    count(*) FILTER (unknown) AS n_unknown,
    sum(posts_cut)::INTEGER AS posts_cut,
    min(announced_on) AS first_announced_on, max(announced_on) AS last_announced_on
FROM expulsion_dyads
WHERE counts AND target = 'RUS' AND announced_on >= DATE '2022-02-24'
GROUP BY expeller, expeller_name
ORDER BY officials_known DESC, expeller;
