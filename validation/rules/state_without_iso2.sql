-- A state whose id is of ISO 3166-1 has a two-letter code there too, Namibia's NA among them.
SELECT actor_id, name FROM actors WHERE kind = 'state' AND iso2 IS NULL AND iso2_former IS NULL AND actor_id NOT LIKE 'X%'
