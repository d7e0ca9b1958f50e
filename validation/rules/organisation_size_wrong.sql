-- On 30 June 2021 the EU had 27 members, NATO 30, the G7 7, and the state systems of COW and GW 195 and 197: a spell is lost, or one too many.
SELECT o.organisation, o.size, count(m.actor_id) AS members
FROM (VALUES ('EU', 27), ('NATO', 30), ('G7', 7), ('COW', 195), ('GW', 197)) AS o (organisation, size)
LEFT JOIN memberships AS m ON m.organisation = o.organisation
    AND DATE '2021-06-30' BETWEEN m.joined_on AND coalesce(m.left_on, DATE '9999-12-31')
GROUP BY o.organisation, o.size HAVING count(m.actor_id) <> o.size
