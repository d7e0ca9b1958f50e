-- A decision is said to answer one that was announced after it.
SELECT a.expulsion_id, a.answers, e.announced_on, c.announced_on AS cause_on
FROM answers AS a JOIN expulsions AS e USING (expulsion_id) JOIN expulsions AS c ON c.expulsion_id = a.answers
WHERE e.announced_on < c.announced_on AND e.announced_precision = 'day' AND c.announced_precision = 'day'
