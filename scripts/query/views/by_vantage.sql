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
    FROM (
        SELECT *, count(DISTINCT origin) OVER (PARTITION BY expulsion_id, officials, counted_unit, qualifier) AS n FROM ranked_figures
    ) AS known
    QUALIFY row_number() OVER (PARTITION BY expulsion_id, vantage ORDER BY preference(known, n)) = 1
)
GROUP BY expulsion_id
ORDER BY expulsion_id;
