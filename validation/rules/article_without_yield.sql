-- An article yields a statement, an answer or a claim, or says why not.
SELECT article_id FROM articles AS a
WHERE no_expulsion_because IS NULL AND article_id NOT IN (
    SELECT article_id FROM statements UNION SELECT article_id FROM answers UNION SELECT article_id FROM claims
)
