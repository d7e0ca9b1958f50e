-- Russian officials expelled by the last day of the curve, high figures (sum)
SELECT expulsion_id, greatest(officials_high, officials_best) FROM expulsion_dyads
WHERE counts AND target = 'RUS' AND announced_on >= DATE '2022-02-24'
