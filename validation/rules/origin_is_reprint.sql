-- A claim reprints another reprint, or one that was printed later: the first one is the origin.
SELECT c.claim_id, c.origin
FROM claims AS c JOIN claims AS o ON o.claim_id = c.origin
JOIN articles AS a ON a.article_id = c.article_id JOIN articles AS b ON b.article_id = o.article_id
WHERE o.origin IS NOT NULL OR b.published_on > last_day(a.published_on)
