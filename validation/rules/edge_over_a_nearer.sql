-- It hits back at a blow of more than sixty days ago, over a later one of the same expeller that it is not said to answer.
SELECT a.expulsion_id, a.answers, a.relation, min(c.expulsion_id) AS nearer
FROM answers AS a JOIN expulsions AS e USING (expulsion_id) JOIN expulsions AS t ON t.expulsion_id = a.answers
JOIN expulsions AS c ON c.expeller = t.expeller AND c.target = t.target AND c.announced_on > t.announced_on AND c.announced_on <= e.announced_on
WHERE a.relation = 'retaliation' AND e.announced_on - t.announced_on > 60
    AND NOT EXISTS (FROM answers AS o WHERE o.expulsion_id = a.expulsion_id AND o.answers = c.expulsion_id)
GROUP BY ALL
