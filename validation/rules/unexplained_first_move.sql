-- A Russian expulsion of 2022 that answers none says in its note why.
SELECT expulsion_id FROM expulsions AS e
WHERE expeller = 'RUS' AND year(announced_on) = 2022 AND note IS NULL
    AND NOT EXISTS (FROM answers AS a WHERE a.expulsion_id = e.expulsion_id)
