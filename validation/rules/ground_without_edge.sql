-- The expeller hits back or joins others by its own words, but no edge says at whom.
SELECT expulsion_id, ground_retaliation, ground_solidarity, trigger FROM expulsions AS e
WHERE status <> 'retracted' AND (
    ground_retaliation AND trigger NOT IN ('visa_refusal', 'sanctions', 'incident')
    AND NOT EXISTS (FROM answers AS a WHERE a.expulsion_id = e.expulsion_id AND a.relation = 'retaliation')
    OR ground_solidarity AND NOT EXISTS (FROM answers AS a WHERE a.expulsion_id = e.expulsion_id AND a.relation = 'solidarity')
)
