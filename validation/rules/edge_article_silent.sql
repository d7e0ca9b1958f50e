-- The article that states the link says nothing on the decision that answers.
SELECT expulsion_id, answers, relation, article_id FROM answers AS a
WHERE NOT EXISTS (FROM statements AS s WHERE s.article_id = a.article_id AND s.expulsion_id = a.expulsion_id)
