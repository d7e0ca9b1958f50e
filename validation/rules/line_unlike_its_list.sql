-- One line of a list has another first day than its total, or another counter, and than all its others, of which there are four at least; or states are counted by the hundred.
WITH lines AS (
    SELECT l.claim_id, l.part_of, l.since::VARCHAR AS since, t.since::VARCHAR AS of_total, l.claimed_by FROM claims AS l JOIN claims AS t ON t.claim_id = l.part_of
),
sinces AS (SELECT part_of, since, of_total, count(*) AS n, min(claim_id) AS claim_id FROM lines GROUP BY ALL),
counters AS (SELECT part_of, claimed_by, count(*) AS n, min(claim_id) AS claim_id FROM lines GROUP BY ALL)
SELECT a.claim_id, a.since AS cell, o.since AS others FROM sinces AS a JOIN sinces AS o ON o.part_of = a.part_of AND o.since <> a.since AND a.since <> a.of_total AND a.n = 1 AND o.n >= 4
UNION SELECT a.claim_id, a.claimed_by, o.claimed_by FROM counters AS a JOIN counters AS o
    ON o.part_of = a.part_of AND o.claimed_by <> a.claimed_by AND a.n = 1 AND o.n >= 4
UNION SELECT claim_id, figure::VARCHAR, counted FROM claims WHERE counted = 'expellers' AND figure > 60
