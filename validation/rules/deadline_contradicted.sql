-- The period to leave and the day to leave by differ by more than three days.
SELECT expulsion_id, announced_on, deadline_hours, leave_by FROM expulsions
WHERE abs((leave_by - announced_on) - deadline_hours / 24) > 3 AND note IS NULL OR leave_by < announced_on
