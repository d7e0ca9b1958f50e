-- An edge of retaliation starts here, but the trigger is coded as something else.
SELECT DISTINCT e.expulsion_id, e.trigger FROM expulsions AS e JOIN answers AS a USING (expulsion_id)
WHERE a.relation = 'retaliation' AND e.trigger <> 'expulsion'
