-- What a row says names another state and not both sides of its expulsion: it may be about that state's decision, or its officials.
WITH said AS MATERIALIZED (
    SELECT s.statement_id, s.says, spaced(regexp_replace(s.says, 'Vienna Convention|solidarity with (the )?\w+', '')) AS words, e.expulsion_id,
        e.expeller, e.target, e.nationality, e.announced_on
    FROM statements AS s JOIN expulsions AS e USING (expulsion_id)
    JOIN actors AS x ON x.actor_id = e.expeller JOIN actors AS t ON t.actor_id = e.target
    -- An organisation's officials have some state's nationality, and its missions lie in another's land.
    WHERE s.standing <> 'rejected' AND x.kind <> 'organisation' AND t.kind <> 'organisation'
)
SELECT s.statement_id, s.expulsion_id, string_agg(DISTINCT m.actor_id, ' ' ORDER BY m.actor_id) AS named, s.says
FROM said AS s JOIN memberships AS m ON m.organisation = 'COW' AND s.announced_on BETWEEN m.joined_on AND coalesce(m.left_on, DATE '9999-12-31')
    AND NOT (named(s.words, s.expeller) AND named(s.words, s.target)) AND named(s.words, m.actor_id)
WHERE m.actor_id NOT IN (s.expeller, s.target) AND m.actor_id IS DISTINCT FROM s.nationality
    -- Ukraine is named where its war is the ground.
    AND NOT (m.actor_id = 'UKR' AND regexp_matches(s.says, 'war|invasion|aggress|attack'))
GROUP BY ALL
