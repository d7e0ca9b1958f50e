-- The only page of a site in another language than at least five others of it, where all others are in one.
WITH sites AS (SELECT article_id, language, regexp_extract(url, '^https?://(?:www\.|m\.|amp\.)?([^/:]+)', 1) AS site FROM articles),
languages AS (SELECT site, language, count(*) AS pages FROM sites GROUP BY site, language)
SELECT s.article_id, s.site, s.language, o.language AS usual FROM sites AS s JOIN languages AS own USING (site, language)
JOIN languages AS o ON o.site = s.site AND o.language <> s.language AND o.pages >= 5 AND own.pages = 1
WHERE (SELECT count(*) FROM languages AS l WHERE l.site = s.site) = 2
