-- One row per expulsion with a figure in the articles published by a day, with or without regard to authoritative marks.
-- expulsion_id: the expulsion
-- officials: the best figure by the published order of preference
-- counted_unit: whom it counts
-- qualifier: how it is stated
CREATE MACRO best_figures(published_by, with_marks) AS TABLE
WITH known AS (
    SELECT r.* REPLACE (CASE WHEN with_marks THEN r.marked END AS marked),
        count(DISTINCT r.origin) OVER (PARTITION BY r.expulsion_id, r.officials, r.counted_unit, r.qualifier) AS n
    FROM ranked_figures AS r WHERE r.published_on <= published_by
)
SELECT expulsion_id, officials, counted_unit, qualifier
FROM known
QUALIFY row_number() OVER (PARTITION BY expulsion_id ORDER BY preference(known, n)) = 1;
