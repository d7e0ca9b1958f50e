-- One row per published claim, beside this package's own total on the same days and scope.
-- claim_id: the claim
-- claimed_by: who counted
-- published_on: day the article was published
-- kind: total, or none for the statement that nobody was expelled
-- since: first day of the count
-- as_of: last day of the count
-- expeller_scope: expellers in scope
-- target_scope: targets in scope
-- counted: what is counted
-- figure: the published number; 0 for kind none
-- qualifier: how it was stated
-- ours: our complete total, or number of expellers, as known today; empty if any figure is unknown
-- ours_low: lower bound of our total
-- ours_known: our total of the figures that are known; 0 if none is
-- ours_high: upper bound of our total; empty if any figure is open or unknown
-- n_unknown: decisions in scope without a best figure, not part of ours_known
-- ours_then: our total of the figures known from articles published by that day only
-- n_unknown_then: decisions without a figure in those articles
-- difference: ours_known minus figure
-- explained: whole per cent of the published number that our known figures explain, at most 100; empty for kind none
-- agrees: true if the figure lies in our range, or our total satisfies its qualifier (about: within a tenth)
-- reached_on: day on which our running total reached the figure
-- part_of: total of which it is a line
-- origin: claim that it reprints; counts of agreement take each original once
-- gap_reason: why they differ
-- note: the working
-- headline: Published totals that agree with ours, reprints left out (sum): SELECT claim_id, agrees::INTEGER FROM claim_checks WHERE origin IS NULL
CREATE VIEW claim_checks AS
WITH totals AS (
    SELECT c.claim_id, c.kind, c.counted,
        complete_sum(e.officials_best, e.unknown) AS complete, low_sum(e.officials_low) AS low,
        coalesce(sum(e.officials_best), 0)::INTEGER AS known, high_sum(e.officials_high, e.officials_best, e.unknown) AS high,
        -- What is printed is held against the ends that are known.
        coalesce(sum(e.officials_low) FILTER (NOT e.unknown), 0)::INTEGER AS known_low,
        coalesce(sum(coalesce(e.officials_high, e.officials_best)), 0)::INTEGER AS known_high,
        count(*) FILTER (e.unknown) AS n_unknown,
        coalesce(sum(e.officials_then), 0)::INTEGER AS known_then,
        count(*) FILTER (e.published_then AND e.officials_then IS NULL AND e.persons_ordered <> 'no') AS n_unknown_then,
        count(DISTINCT e.expeller) FILTER (e.persons_ordered <> 'no') AS expellers,
        count(DISTINCT e.expeller) FILTER (e.published_then AND e.persons_ordered <> 'no') AS expellers_then,
        coalesce(sum(e.posts_cut), 0)::INTEGER AS posts,
        count(e.expulsion_id) FILTER (e.persons_ordered <> 'no') AS expulsions,
        count(e.expulsion_id) FILTER (e.published_then AND e.persons_ordered <> 'no') AS expulsions_then
    FROM claims AS c LEFT JOIN claim_expulsions AS e USING (claim_id)
    GROUP BY ALL
),
ours AS (
    SELECT claim_id, n_unknown, n_unknown_then,
        CASE WHEN kind = 'none' THEN expulsions WHEN counted = 'expellers' THEN expellers WHEN counted = 'posts' THEN posts ELSE complete END AS complete,
        CASE WHEN kind = 'none' THEN expulsions WHEN counted = 'expellers' THEN expellers WHEN counted = 'posts' THEN posts ELSE low END AS low,
        CASE WHEN kind = 'none' THEN expulsions WHEN counted = 'expellers' THEN expellers WHEN counted = 'posts' THEN posts ELSE known END AS known,
        CASE WHEN kind = 'none' THEN expulsions WHEN counted = 'expellers' THEN expellers WHEN counted = 'posts' THEN posts ELSE high END AS high,
        CASE WHEN kind = 'none' THEN expulsions WHEN counted = 'expellers' THEN expellers WHEN counted = 'posts' THEN posts ELSE known_low END AS known_low,
        CASE WHEN kind = 'none' THEN expulsions WHEN counted = 'expellers' THEN expellers WHEN counted = 'posts' THEN posts ELSE known_high END AS known_high,
        CASE WHEN kind = 'none' THEN expulsions_then WHEN counted = 'expellers' THEN expellers_then WHEN counted = 'posts' THEN posts ELSE known_then END AS known_then
    FROM totals
),
running AS (
    SELECT claim_id, announced_on,
        sum(officials_best) OVER (PARTITION BY claim_id ORDER BY announced_on RANGE UNBOUNDED PRECEDING) AS total
    FROM claim_expulsions
),
reached AS (
    SELECT r.claim_id, min(r.announced_on) AS day
    FROM running AS r JOIN claims AS c USING (claim_id)
    WHERE r.total >= c.figure AND c.counted NOT IN ('expellers', 'posts') GROUP BY r.claim_id
)
SELECT c.claim_id, c.claimed_by, a.published_on, c.kind, c.since, c.as_of, c.expeller_scope, c.target_scope, c.counted,
    CASE c.kind WHEN 'none' THEN 0 ELSE c.figure END AS figure, c.qualifier,
    o.complete AS ours, o.low AS ours_low, o.known AS ours_known, o.high AS ours_high, o.n_unknown,
    o.known_then AS ours_then, o.n_unknown_then,
    (o.known - CASE c.kind WHEN 'none' THEN 0 ELSE c.figure END)::INTEGER AS difference,
    CASE WHEN c.figure > 0 THEN least(100, 100 * o.known // c.figure)::INTEGER END AS explained,
    CASE
        WHEN c.kind = 'none' THEN o.known = 0
        WHEN c.qualifier = 'at_least' THEN c.figure <= o.known_high
        WHEN c.qualifier = 'at_most' THEN c.figure >= o.known_low
        WHEN c.figure BETWEEN o.known_low AND o.known_high THEN true
        WHEN c.qualifier = 'about' THEN abs(o.known - c.figure) <= c.figure / 10
        ELSE false
    END AS agrees,
    reached.day AS reached_on, c.part_of, c.origin, c.gap_reason, c.note
FROM claims AS c
JOIN articles AS a USING (article_id)
JOIN ours AS o USING (claim_id)
LEFT JOIN reached USING (claim_id)
ORDER BY c.as_of, c.claim_id;
