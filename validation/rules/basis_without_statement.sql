-- The link is stated by a side that makes no statement on the later decision in the article that states it.
SELECT expulsion_id, answers, relation, basis, article_id FROM answers AS a
WHERE basis IN ('stated_by_expeller', 'stated_by_target') AND NOT EXISTS (
    FROM statements AS s WHERE s.article_id = a.article_id AND s.expulsion_id = a.expulsion_id AND s.vantage = replace(a.basis, 'stated_by_', '')
)
