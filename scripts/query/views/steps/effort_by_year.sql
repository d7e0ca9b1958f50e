-- One row per directed dyad and year of which sweeps had both half-years: the lesser effort of the two.
-- expeller: actor whose decisions were sought
-- target: actor whose officials were sought
-- year: calendar year
-- effort: how it was looked for
CREATE VIEW effort_by_year AS
SELECT expeller, target, year, arg_min(effort, effort_rank(effort)) AS effort
FROM effort_by_half GROUP BY expeller, target, year HAVING count(*) = 2;
