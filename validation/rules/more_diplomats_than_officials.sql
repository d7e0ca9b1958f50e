-- Diplomats are some of the officials, so never more.
SELECT expulsion_id, diplomats, officials_high FROM expulsions WHERE diplomats > coalesce(officials_high, officials_best)
