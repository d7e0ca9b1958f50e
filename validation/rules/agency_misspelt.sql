-- Two agencies, or an agency and a publisher, whose names differ by case or blanks only are one: they would count as two origins.
WITH names AS (SELECT agency AS name FROM articles UNION SELECT publisher FROM articles)
SELECT a.article_id, a.agency, n.name AS other FROM articles AS a JOIN names AS n
    ON n.name <> a.agency AND lower(replace(n.name, ' ', '')) = lower(replace(a.agency, ' ', ''))
