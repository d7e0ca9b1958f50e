-- What a row says names another state and not both sides of its expulsion: it may be about that state's decision, or its officials.
WITH said AS (
    SELECT s.statement_id, regexp_replace(s.says, 'Vienna Convention|solidarity with (the )?\w+', '') AS says, e.expulsion_id, e.expeller, e.target, e.nationality, e.announced_on
    FROM statements AS s JOIN expulsions AS e USING (expulsion_id)
    WHERE s.standing <> 'rejected' AND NOT (named(s.says, e.expeller) AND named(s.says, e.target))
)
SELECT s.statement_id, s.expulsion_id, string_agg(DISTINCT m.actor_id, ' ' ORDER BY m.actor_id) AS named, s.says
FROM said AS s JOIN memberships AS m ON m.organisation = 'COW' AND s.announced_on BETWEEN m.joined_on AND coalesce(m.left_on, DATE '9999-12-31')
    AND named(s.says, m.actor_id)
WHERE m.actor_id NOT IN (s.expeller, s.target) AND m.actor_id IS DISTINCT FROM s.nationality
    -- Ukraine is named where its war is the ground.
    AND NOT (m.actor_id = 'UKR' AND regexp_matches(s.says, 'war|invasion|aggress|attack'))
GROUP BY ALL
