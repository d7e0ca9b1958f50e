-- One row per spell of an actor in each group that a scope can name.
-- scope: the group as scopes write it: an actor's own id, * for everyone, a UN region or an organisation followed by *
-- actor_id: an actor in it
-- joined_on: first day; empty if always
-- left_on: last day; empty if it lasts
CREATE VIEW group_members AS
SELECT actor_id AS scope, actor_id, NULL::DATE AS joined_on, NULL::DATE AS left_on FROM actors
UNION ALL SELECT '*', actor_id, NULL, NULL FROM actors
UNION ALL SELECT un_region || '*', actor_id, NULL, NULL FROM actors WHERE un_region IS NOT NULL
UNION ALL SELECT organisation || '*', actor_id, joined_on, left_on FROM memberships;
