-- Low, best and high are in order.
SELECT expulsion_id, officials_low, officials_best, officials_high FROM expulsions
WHERE officials_low > officials_best OR officials_best > officials_high OR officials_low > officials_high
