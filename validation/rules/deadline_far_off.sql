-- A statement's day or period to leave does not fit the announcement, or the periods that others state: a wrong year, or days for hours.
SELECT s.statement_id, e.announced_on, s.leave_by, s.deadline_hours, e.deadline_hours AS compiled_hours
FROM statements AS s JOIN expulsions AS e USING (expulsion_id)
WHERE s.standing IN ('accepted', 'authoritative') AND (
    s.leave_by NOT BETWEEN e.announced_on AND e.announced_on + 300
    OR s.deadline_hours * 12 <= e.deadline_hours OR s.deadline_hours >= e.deadline_hours * 12
)
