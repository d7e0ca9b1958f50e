-- One row per member of the EU, NATO or the G7 that is not known to have expelled a Russian official since 24 February 2022.
-- organisation: EU, NATO or G7, by membership on that day
-- actor_id: the state
-- name: its name
-- searched: true if sweeps of 2022 looked for its expulsions of Russians; else the absence means nothing
-- headline: Members of the EU, NATO or the G7 not known to have expelled a Russian official since 24 February 2022 (rows): SELECT organisation || '/' || actor_id, searched::INTEGER FROM non_expellers
CREATE VIEW non_expellers AS
SELECT m.organisation, m.actor_id, a.name,
    EXISTS (FROM effort_by_half AS s WHERE s.expeller = m.actor_id AND s.target = 'RUS' AND s.year = 2022) AS searched
FROM memberships AS m
JOIN actors AS a USING (actor_id)
WHERE m.organisation IN ('EU', 'NATO', 'G7') AND DATE '2022-02-24' BETWEEN m.joined_on AND coalesce(m.left_on, DATE '9999-12-31')
    AND NOT EXISTS (
        FROM expulsions AS e
        WHERE e.expeller = m.actor_id AND e.target = 'RUS' AND e.announced_on >= DATE '2022-02-24'
            AND e.status <> 'retracted' AND e.persons_ordered <> 'no'
    )
ORDER BY m.organisation, m.actor_id;
