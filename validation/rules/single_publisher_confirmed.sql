-- An expulsion with one independent origin is called confirmed, or one with several single-sourced.
SELECT e.expulsion_id, e.status, e.n_publishers, count(DISTINCT coalesce(a.agency, a.publisher)) AS origins
FROM expulsions AS e JOIN statements AS s USING (expulsion_id) JOIN articles AS a USING (article_id)
WHERE s.standing <> 'rejected'
GROUP BY e.expulsion_id, e.status, e.n_publishers
HAVING e.n_publishers <> origins OR (e.status = 'confirmed' AND origins < 2) OR (e.status = 'single_source' AND origins > 1)
