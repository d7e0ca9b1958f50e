-- Two publishers of one site whose names differ by a letter or two, an article, a stop or a domain are one, misspelt: it would count as two origins.
WITH names AS (SELECT DISTINCT publisher, regexp_extract(url, '^https?://(?:www\.)?([^/]+)', 1) AS host FROM articles WHERE url IS NOT NULL)
SELECT a.article_id, n.publisher, o.publisher AS other
FROM names AS n JOIN names AS o ON n.host = o.host AND n.publisher < o.publisher AND (
    levenshtein(lower(n.publisher), lower(o.publisher)) <= 2 OR bare(n.publisher) = bare(o.publisher)
)
JOIN articles AS a ON a.publisher IN (n.publisher, o.publisher)
