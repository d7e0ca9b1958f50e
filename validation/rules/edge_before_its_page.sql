-- The article that states a link appeared before the decision that answers.
SELECT a.expulsion_id, a.answers, a.relation, a.article_id, p.published_on, e.announced_on
FROM answers AS a JOIN expulsions AS e USING (expulsion_id) JOIN articles AS p USING (article_id)
WHERE e.announced_precision = 'day' AND p.published_precision = 'day' AND p.published_on < e.announced_on - 1
