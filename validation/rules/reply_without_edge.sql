-- The reply is coded as an expulsion without an edge that says which, or an edge comes in and the reply is coded otherwise.
SELECT e.expulsion_id, e.reply FROM expulsions AS e
WHERE (e.reply = 'expulsion') <> EXISTS (FROM answers AS a WHERE a.answers = e.expulsion_id AND a.relation = 'retaliation')
