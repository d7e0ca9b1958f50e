-- Due to leave on the day of the announcement itself, though no sentence says so: that day was typed twice.
SELECT statement_id, announced_on, leave_by FROM statements AS s WHERE announced_precision = 'day' AND leave_by = announced_on AND NOT EXISTS (
    FROM statements AS o WHERE o.expulsion_id = s.expulsion_id AND regexp_matches(lower(o.says), '\b(today|same day|at once|immediately|midnight|hours|evening|without delay)\b')
)
