-- The lower bound of the complete sum: a decision that nothing bounds adds nothing.
-- low: lower bound
CREATE MACRO low_sum(low) AS coalesce(sum(low), 0)::INTEGER;
