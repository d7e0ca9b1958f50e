-- One row per directed pair of Correlates of War codes and year from first to last: what joins one to one with a panel of that state system, whose codes outlive actors (and actors codes).
-- ccode1: code of the expeller
-- ccode2: code of the target
-- year: year of the announcement
-- effort: how the pair was looked for; the least, where several actors had a code that year
-- expulsions: decisions; 0 where both sides were looked for by name, empty where nobody looked so
-- officials: complete sum of the best figures; empty if any is unknown
-- officials_known: sum of the best figures that are known; empty if none is
-- officials_low: lower bound of the complete sum
-- officials_high: upper bound of the complete sum; empty if any is open or unknown
-- n_unknown: decisions without a best figure though people were told to go, or may have been
-- n_open: decisions whose upper end is open
CREATE MACRO cow_dyad_years(first, last) AS TABLE
SELECT c.code1 AS ccode1, c.code2 AS ccode2, c.* EXCLUDE (code1, code2)
FROM code_years('COW', first, last) AS c
ORDER BY c.code1, c.code2, c.year;
