-- Expulsions that sums take (rows)
SELECT expulsion_id, officials_best FROM expulsion_dyads WHERE counts
