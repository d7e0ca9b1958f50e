-- Members of the EU that expelled no Russian official from 24 February to 31 December 2022 (rows)
SELECT actor_id, 1 FROM eu_members_without_expulsion('RUS', DATE '2022-02-24', DATE '2022-12-31')
