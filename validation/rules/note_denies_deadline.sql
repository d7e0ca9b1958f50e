-- The note says that no deadline was found, and a statement has one.
SELECT expulsion_id, deadline_hours, leave_by, note FROM expulsions
WHERE regexp_matches(lower(note), 'no (deadline|departure date|day to leave)') AND (deadline_hours IS NOT NULL OR leave_by IS NOT NULL)
