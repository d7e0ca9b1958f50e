-- The number of those who may stay is not the number of those who go.
SELECT expulsion_id, officials_best, ceiling FROM expulsions
WHERE officials_best = ceiling OR (officials_best = ceiling_diplomats AND counted_unit = 'diplomats')
