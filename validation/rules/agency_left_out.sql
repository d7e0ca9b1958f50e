-- A page names no agency, though nearly all others of its publisher are one agency's items.
WITH agencies AS (SELECT publisher, agency, count(*) AS pages FROM articles WHERE agency IS NOT NULL GROUP BY publisher, agency),
without AS (SELECT publisher, count(*) AS pages FROM articles WHERE agency IS NULL GROUP BY publisher)
SELECT a.article_id, a.publisher, g.agency AS usual FROM articles AS a JOIN without AS w USING (publisher) JOIN agencies AS g USING (publisher)
WHERE a.agency IS NULL AND g.pages >= 6 * w.pages
