-- The upper bound of the complete sum: empty if any decision's is open or unknown.
-- high: upper bound
-- best: best figure
-- unknown: whether the decision's figure is unknown
CREATE MACRO high_sum(high, best, unknown) AS
    CASE WHEN count(*) FILTER (unknown OR (best IS NOT NULL AND high IS NULL)) = 0 THEN coalesce(sum(high), 0)::INTEGER END;
