-- A statement's day or period to leave does not fit the announcement, or the periods that others state: a wrong year, days for hours, another decision's.
SELECT s.statement_id, e.announced_on, s.leave_by, s.deadline_hours, e.deadline_hours AS compiled_hours
FROM statements AS s JOIN expulsions AS e USING (expulsion_id)
WHERE s.standing IN ('accepted', 'authoritative') AND (
    s.leave_by NOT BETWEEN e.announced_on AND e.announced_on + 300
    OR s.covers = 'whole' AND (s.deadline_hours * 2 <= e.deadline_hours OR s.deadline_hours >= e.deadline_hours * 2)
    OR s.covers = 'whole' AND abs(s.leave_by - e.leave_by) > 7 AND NOT EXISTS (
        FROM statements AS o WHERE o.expulsion_id = s.expulsion_id AND o.statement_id <> s.statement_id AND o.leave_by = s.leave_by
    )
)
