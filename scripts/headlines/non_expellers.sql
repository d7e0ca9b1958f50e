-- Members of the EU, NATO or the G7 not known to have expelled a Russian official since 24 February 2022 (rows)
SELECT organisation || '/' || actor_id, searched::INTEGER FROM non_expellers
