-- One row per expulsion with a figure: the preferred figure of each side and of third parties.
-- expulsion_id: the expulsion
-- expeller_says: the expelling side's figure
-- target_says: the figure of the side whose officials go
-- third_party_says: anybody else's figure
CREATE VIEW by_vantage AS
SELECT expulsion_id,
    any_value(officials) FILTER (vantage = 'expeller') AS expeller_says,
    any_value(officials) FILTER (vantage = 'target') AS target_says,
    any_value(officials) FILTER (vantage = 'third_party') AS third_party_says
FROM (
    FROM ranked_figures
    JOIN (
        SELECT expulsion_id, officials, counted_unit, qualifier, count(DISTINCT origin) AS n FROM ranked_figures GROUP BY ALL
    ) USING (expulsion_id, officials, counted_unit, qualifier)
    QUALIFY row_number() OVER (
        PARTITION BY expulsion_id, vantage ORDER BY marked, r_attribution, r_exactness, r_unit, r_recency, n DESC, statement_id
    ) = 1
)
GROUP BY expulsion_id
ORDER BY expulsion_id;
