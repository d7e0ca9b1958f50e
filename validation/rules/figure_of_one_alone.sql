-- One statement has another exact figure of the whole than four or more that agree, and none agrees with it: superseded, or misread?
WITH figures AS (
    SELECT expulsion_id, officials_low AS figure, count(*) AS n, min(statement_id) AS statement_id FROM statements
    WHERE standing = 'accepted' AND covers = 'whole' AND qualifier = 'exact' AND officials_low = officials_high GROUP BY ALL
)
SELECT a.statement_id, a.figure, o.figure AS others, o.n FROM figures AS a JOIN figures AS o
    ON o.expulsion_id = a.expulsion_id AND o.figure <> a.figure AND a.n = 1 AND o.n >= 4
