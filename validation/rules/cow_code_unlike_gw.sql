-- Gleditsch and Ward kept the number that the Correlates of War gave a state, but for a few.
SELECT m.actor_id, m.organisation, m.joined_on, m.code FROM memberships AS m
WHERE m.organisation = 'COW' AND NOT EXISTS (FROM memberships AS g WHERE g.organisation = 'GW' AND g.actor_id = m.actor_id AND g.code = m.code)
    AND EXISTS (FROM memberships AS g WHERE g.organisation = 'GW' AND g.actor_id = m.actor_id)
