-- One row per expulsion with a figure in the articles published by a day, with or without regard to authoritative marks.
-- expulsion_id: the expulsion
-- officials: the best figure by the published order of preference
-- counted_unit: whom it counts
-- qualifier: how it is stated
CREATE MACRO best_figures(published_by, with_marks) AS TABLE
WITH known AS (SELECT * FROM ranked_figures AS r WHERE r.published_on <= published_by),
weighed AS (
    SELECT known.*, origins.n FROM known
    JOIN (
        SELECT expulsion_id, officials, counted_unit, qualifier, count(DISTINCT origin) AS n
        FROM known GROUP BY ALL
    ) AS origins USING (expulsion_id, officials, counted_unit, qualifier)
)
SELECT expulsion_id, officials, counted_unit, qualifier
FROM weighed
QUALIFY row_number() OVER (
    PARTITION BY expulsion_id
    ORDER BY CASE WHEN with_marks THEN marked END, r_vantage, r_attribution, r_exactness, r_unit, r_recency, n DESC, statement_id
) = 1;
