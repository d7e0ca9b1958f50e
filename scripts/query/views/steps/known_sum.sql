-- The sum of what is known: empty if nothing is. Nobody told to go is known to be none.
-- best: best figure
-- unknown: whether the decision's figure is unknown
CREATE MACRO known_sum(best, unknown) AS
    CASE WHEN count(*) = 0 THEN 0 ELSE sum(CASE WHEN NOT unknown THEN coalesce(best, 0) END)::INTEGER END;
