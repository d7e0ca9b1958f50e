-- One row per directed dyad and month with a decision in scope whose month is known; the grid with its zeros is panel_months.
-- expeller: actor that orders officials out
-- target: actor that employs the officials
-- year: year of the announcement
-- month: month of the announcement, 1 to 12
-- ccode1: COW code of the expeller, its last of the year
-- ccode2: COW code of the target
-- gwcode1: GW code of the expeller
-- gwcode2: GW code of the target
-- expeller_name: name of the expeller
-- target_name: name of the target
-- involves_organisation: true if either side is no state
-- effort: how the dyad and year were looked for
-- expulsions: decisions
-- officials: complete sum of the best figures; empty if any is unknown
-- officials_known: sum of the best figures that are known; empty if none is
-- officials_low: lower bound of the complete sum
-- officials_high: upper bound of the complete sum; empty if any is open or unknown
-- n_unknown: decisions without a best figure though people were told to go, or may have been
-- n_open: decisions whose upper end is open
-- posts_cut: sum of posts cut; empty if none was stated
-- heads_of_mission: decisions that reached the head of the mission
-- n_retaliation: decisions that retaliate
CREATE VIEW dyad_months AS
SELECT * EXCLUDE (n_undated) FROM panel(0, 9999, false, 'both_sides', 'announced', true)
ORDER BY expeller, target, year, month;
