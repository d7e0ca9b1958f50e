-- Officials expelled by anybody from anywhere, all years, best figures known (sum)
SELECT expulsion_id, officials_best FROM expulsion_dyads WHERE counts
