-- A figure of an organisation's staff has no unit: they are members of a mission, or diplomats where print calls them so.
SELECT s.statement_id, s.figure_as_printed, s.counted_unit, e.target FROM statements AS s JOIN expulsions AS e USING (expulsion_id) JOIN actors AS a ON a.actor_id = e.target
WHERE a.kind = 'organisation' AND s.counted_unit = 'unspecified'
