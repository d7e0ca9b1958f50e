-- A page's kind is not the one of at least four times as many pages of the same publisher.
WITH kinds AS (SELECT publisher, kind, count(*) AS pages FROM articles GROUP BY publisher, kind)
SELECT a.article_id, a.publisher, a.kind, o.kind AS usual FROM articles AS a JOIN kinds AS own USING (publisher, kind)
JOIN kinds AS o ON o.publisher = a.publisher AND o.kind <> a.kind AND o.pages >= 4 * own.pages
