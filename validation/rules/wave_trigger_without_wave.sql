-- Triggered by a wave, but no wave is named.
SELECT expulsion_id FROM expulsions WHERE trigger = 'wave' AND wave IS NULL
