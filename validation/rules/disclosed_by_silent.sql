-- The side that is said to have made it public is on no page heard as its source.
SELECT expulsion_id, disclosed_by FROM expulsions AS e
WHERE status <> 'retracted' AND NOT EXISTS (
    FROM statements AS s WHERE s.expulsion_id = e.expulsion_id AND s.standing <> 'rejected'
    AND s.vantage = CASE e.disclosed_by WHEN 'press' THEN 'third_party' ELSE e.disclosed_by END
)
