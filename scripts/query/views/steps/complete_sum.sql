-- The complete sum of officials: empty if the figure of any decision is unknown.
-- best: best figure
-- unknown: whether the decision's figure is unknown
CREATE MACRO complete_sum(best, unknown) AS
    CASE WHEN count(*) FILTER (unknown) = 0 THEN coalesce(sum(best), 0)::INTEGER END;
