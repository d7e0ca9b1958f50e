-- A query names a year that its period does not reach.
SELECT searched_on, coder, query, expeller_scope, target_scope, period_from, period_until FROM searches
WHERE regexp_matches(query, '\b(19|20)[0-9]{2}\b') AND NOT list_bool_or([
    year::INTEGER BETWEEN year(period_from) AND year(period_until) FOR year IN regexp_extract_all(query, '\b((?:19|20)[0-9]{2})\b')
])
