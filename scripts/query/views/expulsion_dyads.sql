-- One row per expulsion, with names and codes of both sides on the day of the announcement.
-- expulsion_id: readable id
-- expeller: actor that orders officials out
-- expeller_name: its name
-- expeller_iso2: its ISO 3166-1 alpha-2 code
-- expeller_cow: its Correlates of War code that day
-- expeller_gw: its Gleditsch and Ward code that day
-- target: actor that employs the officials
-- target_name: its name
-- target_iso2: its ISO 3166-1 alpha-2 code
-- target_cow: its Correlates of War code that day
-- target_gw: its Gleditsch and Ward code that day
-- involves_organisation: true if either side is no state
-- announced_on: day of the announcement, first possible day if vague
-- announced_precision: day, month or year
-- measure: legal form
-- persons_ordered: yes, no or unknown
-- counted_unit: whom the figures count
-- officials_low: lower bound by all standing statements
-- officials_best: best figure; empty if none was published
-- officials_high: upper bound by all standing statements; empty if open
-- posts_cut: posts abolished, never part of the officials
-- included_in: expulsion whose figure contains this one
-- counts: true if sums take this row: not contained in another, not retracted
-- unknown: true if people were told to go, or may have been, and no best figure is known
-- open: true if there is a best figure whose upper end is open
-- in_scope: true if it lies inside what scope promises
-- trigger: what it answers
-- reply: what the other side did
-- wave: named crisis
-- status: how well the row is supported
-- headline: Expulsions that sums take (rows): SELECT expulsion_id, officials_best FROM expulsion_dyads WHERE counts
CREATE VIEW expulsion_dyads AS
SELECT
    e.expulsion_id,
    e.expeller, x.name AS expeller_name, x.iso2 AS expeller_iso2, xc.code AS expeller_cow, xg.code AS expeller_gw,
    e.target, t.name AS target_name, t.iso2 AS target_iso2, tc.code AS target_cow, tg.code AS target_gw,
    x.kind <> 'state' OR t.kind <> 'state' AS involves_organisation,
    e.announced_on, e.announced_precision, e.measure, e.persons_ordered,
    e.counted_unit, e.officials_low, e.officials_best, e.officials_high, e.posts_cut,
    e.included_in, e.counts,
    e.officials_best IS NULL AND e.persons_ordered <> 'no' AS unknown,
    e.officials_best IS NOT NULL AND e.officials_high IS NULL AS open, e.in_scope,
    e.trigger, e.reply, e.wave, e.status
FROM expulsions AS e
JOIN actors AS x ON x.actor_id = e.expeller
JOIN actors AS t ON t.actor_id = e.target
LEFT JOIN memberships AS xc ON xc.actor_id = e.expeller AND xc.organisation = 'COW'
    AND e.announced_on BETWEEN xc.joined_on AND coalesce(xc.left_on, DATE '9999-12-31')
LEFT JOIN memberships AS xg ON xg.actor_id = e.expeller AND xg.organisation = 'GW'
    AND e.announced_on BETWEEN xg.joined_on AND coalesce(xg.left_on, DATE '9999-12-31')
LEFT JOIN memberships AS tc ON tc.actor_id = e.target AND tc.organisation = 'COW'
    AND e.announced_on BETWEEN tc.joined_on AND coalesce(tc.left_on, DATE '9999-12-31')
LEFT JOIN memberships AS tg ON tg.actor_id = e.target AND tg.organisation = 'GW'
    AND e.announced_on BETWEEN tg.joined_on AND coalesce(tg.left_on, DATE '9999-12-31');
