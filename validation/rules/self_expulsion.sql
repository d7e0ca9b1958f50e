-- An actor expels its own officials.
SELECT expulsion_id FROM expulsions WHERE expeller = target
