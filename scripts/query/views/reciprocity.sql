-- One row per linked set: expulsions tied by retaliation, directly or over others, between two sides.
-- linked_set: smallest expulsion id in the set
-- initiator: side whose expulsion came first
-- responder: the other side
-- expulsions_initiator: decisions of the initiator
-- expulsions_responder: decisions of the responder
-- officials_initiator: officials that the initiator expelled, best figures known
-- officials_responder: officials that the responder expelled, best figures known
-- n_unknown: decisions of either side without a published figure
-- ratio: officials_responder by officials_initiator; empty if any figure is unknown
-- first_announced_on: first decision
-- last_announced_on: last decision
-- members: ids of all decisions that are tied, those that sums skip included
CREATE VIEW reciprocity AS
WITH RECURSIVE links AS (
    SELECT expulsion_id AS one, answers AS other FROM answers WHERE relation = 'retaliation'
    UNION SELECT answers, expulsion_id FROM answers WHERE relation = 'retaliation'
),
reach AS (
    SELECT one AS origin, one AS member FROM links
    UNION SELECT reach.origin, links.other FROM reach JOIN links ON links.one = reach.member
),
sets AS (SELECT origin AS expulsion_id, min(member) AS linked_set FROM reach GROUP BY origin),
tied AS (SELECT linked_set, list(expulsion_id ORDER BY expulsion_id) AS members FROM sets GROUP BY linked_set),
-- What answers nothing came before its answer, also where both are of one day or a day is vague.
counted AS (
    SELECT s.linked_set, d.*,
        first(d.expeller) OVER (PARTITION BY s.linked_set ORDER BY r.expulsion_id IS NOT NULL, d.announced_on, d.expulsion_id) AS initiator
    FROM sets AS s JOIN expulsion_dyads AS d USING (expulsion_id)
    LEFT JOIN (SELECT DISTINCT expulsion_id FROM answers WHERE relation = 'retaliation') AS r USING (expulsion_id)
    WHERE d.counts
)
SELECT linked_set, initiator,
    coalesce(min(expeller) FILTER (expeller <> initiator), min(target)) AS responder,
    count(*) FILTER (expeller = initiator) AS expulsions_initiator,
    count(*) FILTER (expeller <> initiator) AS expulsions_responder,
    coalesce(sum(officials_best) FILTER (expeller = initiator), 0)::INTEGER AS officials_initiator,
    coalesce(sum(officials_best) FILTER (expeller <> initiator), 0)::INTEGER AS officials_responder,
    count(*) FILTER (unknown) AS n_unknown,
    CASE WHEN count(*) FILTER (officials_best IS NULL) = 0
        THEN round(sum(officials_best) FILTER (expeller <> initiator) / nullif(sum(officials_best) FILTER (expeller = initiator), 0), 3)
    END AS ratio,
    min(announced_on) AS first_announced_on, max(announced_on) AS last_announced_on, members
FROM counted JOIN tied USING (linked_set)
GROUP BY linked_set, initiator, members
ORDER BY first_announced_on, linked_set;
