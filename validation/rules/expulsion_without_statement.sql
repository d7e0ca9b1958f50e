-- An expulsion rests on at least one statement that counts, unless it was retracted.
SELECT expulsion_id FROM expulsions AS e
WHERE status <> 'retracted' AND NOT EXISTS (
    FROM statements AS s WHERE s.expulsion_id = e.expulsion_id AND s.standing IN ('accepted', 'authoritative')
)
