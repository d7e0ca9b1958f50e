-- One row per expulsion inside the scope and the period of a claim, with what was published about it by the claim's day.
-- claim_id: the claim
-- expulsion_id: an expulsion that sums take
-- expeller: its expeller
-- announced_on: its day
-- persons_ordered: whether anybody was told to go
-- officials_low: its low figure as known today
-- officials_best: its best figure as known today
-- officials_high: its high figure as known today
-- unknown: true if people were told to go, or may have been, and no figure is known
-- posts_cut: posts cut
-- published_then: true if an article about it had been published by the claim's day
-- officials_then: its best figure by the articles published by the claim's day
CREATE VIEW claim_expulsions AS
WITH scoped AS (
    SELECT c.claim_id, c.as_of, d.expulsion_id, d.expeller, d.announced_on, d.persons_ordered,
        d.officials_low, d.officials_best, d.officials_high, d.unknown, d.posts_cut
    FROM claims AS c
    JOIN scope_members AS x ON x.scope = c.expeller_scope AND x.day = c.as_of
    JOIN scope_members AS t ON t.scope = c.target_scope AND t.day = c.as_of
    JOIN expulsion_dyads AS d ON d.expeller = x.actor_id AND d.target = t.actor_id
        AND d.announced_on BETWEEN c.since AND c.as_of
    WHERE d.counts
),
-- Only what is in some claim's scope on its day is weighed.
wanted AS (SELECT as_of, expulsion_id FROM scoped GROUP BY ALL),
known AS (
    SELECT w.as_of, r.*,
        count(DISTINCT r.origin) OVER (PARTITION BY w.as_of, r.expulsion_id, r.officials, r.counted_unit, r.qualifier) AS n
    FROM wanted AS w JOIN ranked_figures AS r USING (expulsion_id) WHERE r.published_on <= w.as_of
),
best_then AS (
    SELECT as_of, expulsion_id, officials FROM known
    QUALIFY row_number() OVER (PARTITION BY as_of, expulsion_id ORDER BY preference(known, n)) = 1
),
reported AS (
    SELECT s.expulsion_id, min(a.published_on) AS first_on
    FROM statements AS s JOIN articles AS a USING (article_id) GROUP BY s.expulsion_id
)
SELECT scoped.* EXCLUDE (as_of), reported.first_on <= scoped.as_of AS published_then, b.officials AS officials_then
FROM scoped
JOIN reported USING (expulsion_id)
LEFT JOIN best_then AS b ON b.as_of = scoped.as_of AND b.expulsion_id = scoped.expulsion_id;
