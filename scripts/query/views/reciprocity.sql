-- One row per linked set: expulsions tied by retaliation, directly or over others, between two sides.
-- linked_set: smallest expulsion id in the set
-- initiator: side whose expulsion came first
-- responder: the other side
-- expulsions_initiator: decisions of the initiator
-- expulsions_responder: decisions of the responder
-- officials_initiator: officials that the initiator expelled, complete; empty if any figure is unknown
-- officials_responder: officials that the responder expelled, complete; empty if any figure is unknown
-- officials_initiator_known: sum of the initiator's figures that are known; empty if none is
-- officials_responder_known: sum of the responder's figures that are known; empty if none is
-- n_unknown: decisions of either side without a best figure though people were told to go, or may have been
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
),
sums AS (
    SELECT linked_set, expeller, complete_sum(officials_best, unknown) AS officials, known_sum(officials_best, unknown) AS known
    FROM counted GROUP BY linked_set, expeller
)
SELECT linked_set, initiator,
    coalesce(min(expeller) FILTER (expeller <> initiator), min(target)) AS responder,
    count(*) FILTER (expeller = initiator) AS expulsions_initiator,
    count(*) FILTER (expeller <> initiator) AS expulsions_responder,
    any_value(officials) FILTER (expeller = initiator) AS officials_initiator,
    any_value(officials) FILTER (expeller <> initiator) AS officials_responder,
    any_value(known) FILTER (expeller = initiator) AS officials_initiator_known,
    any_value(known) FILTER (expeller <> initiator) AS officials_responder_known,
    count(*) FILTER (unknown) AS n_unknown,
    round(officials_responder / nullif(officials_initiator, 0), 3) AS ratio,
    min(announced_on) AS first_announced_on, max(announced_on) AS last_announced_on, members
FROM counted JOIN tied USING (linked_set) JOIN sums USING (linked_set, expeller)
GROUP BY linked_set, initiator, members
ORDER BY first_announced_on, linked_set;
