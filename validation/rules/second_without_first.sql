-- An id numbered as the second of its day, where there is no first.
SELECT expulsion_id FROM expulsions AS e
WHERE regexp_matches(expulsion_id, '[A-Z]-[2-9]$')
    AND regexp_replace(expulsion_id, '-[2-9]$', '') NOT IN (SELECT expulsion_id FROM expulsions UNION ALL SELECT expulsion_id FROM retired)
