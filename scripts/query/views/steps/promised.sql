-- Whether the package promises the decisions between two sides in a period: one row of scope takes it in.
-- expeller: actor that would order officials out
-- target: actor that would employ them
-- first_day: first day of the period
-- final_day: last day of the period
CREATE MACRO promised(expeller, target, first_day, final_day) AS EXISTS (
    FROM scope AS s
    WHERE first_day >= s.period_from AND final_day <= s.period_until
        AND list_has_any(string_split(s.expeller_scope, ' '), ['*', expeller])
        AND list_has_any(string_split(s.target_scope, ' '), ['*', target])
        AND NOT list_contains(string_split(s.expeller_scope, ' '), '-' || expeller)
        AND NOT list_contains(string_split(s.target_scope, ' '), '-' || target)
);
