-- Nobody joins an organisation before there is one, or a state system before 1816.
SELECT m.actor_id, m.organisation, m.joined_on FROM memberships AS m LEFT JOIN actors AS o ON o.actor_id = m.organisation
WHERE m.joined_on < coalesce(o.existed_from, CASE WHEN m.organisation = 'G7' THEN DATE '1975-11-15' ELSE DATE '1816-01-01' END)
