-- Due to leave on the day of the announcement itself: that day was typed twice.
SELECT statement_id, announced_on, leave_by FROM statements WHERE announced_precision = 'day' AND leave_by = announced_on
