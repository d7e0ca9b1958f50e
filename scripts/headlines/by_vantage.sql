-- Expulsions on whose figure the two sides differ (rows)
SELECT expulsion_id, expeller_says - target_says FROM by_vantage WHERE expeller_says <> target_says
