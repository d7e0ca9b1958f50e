-- A row's own period to leave, counted from its own day, does not end on its own day to leave by.
SELECT statement_id, announced_on, deadline_hours, leave_by FROM statements
WHERE announced_precision = 'day' AND abs((leave_by - announced_on) - deadline_hours / 24) > 2
