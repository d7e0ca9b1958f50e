-- One row per directed dyad with a decision announced between two days: the edges of a network, for igraph or networkx.
-- expeller: actor that orders officials out: where the edge begins
-- target: actor that employs the officials: where it ends
-- expulsions: decisions
-- officials: complete sum of the best figures; empty if any is unknown
-- officials_known: sum of the best figures that are known; empty if none is
-- n_unknown: decisions without a best figure though people were told to go, or may have been
CREATE MACRO edge_list(since, until) AS TABLE
SELECT d.expeller, d.target, count(*)::INTEGER AS expulsions,
    complete_sum(d.officials_best, d.unknown) AS officials, known_sum(d.officials_best, d.unknown) AS officials_known,
    count(*) FILTER (d.unknown)::INTEGER AS n_unknown
FROM expulsion_dyads AS d
WHERE d.counts AND d.announced_on BETWEEN since AND until
GROUP BY d.expeller, d.target
ORDER BY d.expeller, d.target;
