-- By the row's own sentence several states together sent as many: a running total as one state's figure.
SELECT s.statement_id, s.officials_low, s.says FROM statements AS s
WHERE s.standing <> 'rejected' AND s.officials_low > 1 AND regexp_matches(
    s.says, '([Ss]tates|countries|capitals|allies|governments|the West|Europe|the EU) (\w+ ){0,6}(in all|in total|altogether|together|combined|between them)'
    '|(in all|in total|altogether|combined|between them)( \w+){0,4} ([Ss]tates|countries|capitals|allies|governments)\b|\btotals?\b.* (states|countries)\b'
)
