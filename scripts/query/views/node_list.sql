-- One row per actor at an edge of edge_list: the nodes of the same network.
-- actor_id: the actor
-- name: its name
-- kind: state, organisation or other
-- un_region: its UN region
-- expulsions_made: decisions made by it
-- expulsions_suffered: decisions against it
CREATE MACRO node_list(since, until) AS TABLE
WITH edges AS (FROM edge_list(since, until)),
ends AS (
    SELECT e.expeller AS actor_id, e.expulsions AS made, 0 AS suffered FROM edges AS e
    UNION ALL SELECT e.target, 0, e.expulsions FROM edges AS e
)
SELECT a.actor_id, a.name, a.kind, a.un_region, sum(n.made)::INTEGER AS expulsions_made, sum(n.suffered)::INTEGER AS expulsions_suffered
FROM ends AS n JOIN actors AS a ON a.actor_id = n.actor_id
GROUP BY ALL
ORDER BY a.actor_id;
