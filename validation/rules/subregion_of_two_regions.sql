-- A subregion lies in one region.
SELECT a.actor_id, a.un_region, a.un_subregion, o.actor_id AS other_id, o.un_region AS other FROM actors AS a JOIN actors AS o USING (un_subregion)
WHERE a.un_region IS DISTINCT FROM o.un_region AND (
    SELECT count(*) FROM actors AS n WHERE n.un_subregion = a.un_subregion AND n.un_region IS NOT DISTINCT FROM a.un_region
) <= (SELECT count(*) FROM actors AS n WHERE n.un_subregion = a.un_subregion AND n.un_region IS NOT DISTINCT FROM o.un_region)
