-- Russian officials expelled since 24 February 2022, best figures known (sum)
SELECT expulsion_id, officials_best FROM expulsion_dyads WHERE counts AND target = 'RUS' AND announced_on >= DATE '2022-02-24'
