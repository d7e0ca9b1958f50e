-- The only page of its publisher on a site where all others, three at least, are another's; or the only page of an id's stem likewise.
WITH pages AS (
    SELECT article_id, publisher, agency, regexp_extract(url, '^https?://(?:www\.|m\.|amp\.)?([^/:]+)', 1) AS place FROM articles WHERE url IS NOT NULL
    UNION ALL SELECT article_id, publisher, agency, regexp_replace(article_id, '-(19|20)[0-9]{2}.*$', '') FROM articles
),
counts AS (SELECT place, publisher, count(*) AS n FROM pages GROUP BY ALL), places AS (SELECT place FROM counts GROUP BY place HAVING count(*) = 2)
SELECT DISTINCT p.article_id, p.publisher, o.publisher AS usual FROM pages AS p SEMI JOIN places USING (place) JOIN counts AS own USING (place, publisher)
JOIN counts AS o ON o.place = p.place AND o.publisher <> p.publisher
WHERE own.n = 1 AND o.n >= 3 AND p.agency IS DISTINCT FROM o.publisher
