-- A member of an organisation joins it again before it has left.
SELECT a.actor_id, a.organisation, b.joined_on, a.joined_on AS before FROM memberships AS a JOIN memberships AS b USING (actor_id, organisation)
WHERE a.joined_on < b.joined_on AND b.joined_on <= coalesce(a.left_on, DATE '9999-12-31')
