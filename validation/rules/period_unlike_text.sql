-- The row's sentence gives a period to leave, and the column another one.
WITH said AS (
    SELECT statement_id, deadline_hours, says, list_transform(
        regexp_extract_all(lower(says), '\b(?:[0-9]+|twenty-four|forty-eight|seventy-two|two|three|five|seven|ten|fourteen|thirty)[ -](?:hours?|days?)\b|\b(?:a|one) week\b'),
        lambda period: CASE WHEN contains(period, 'week') THEN 168 ELSE CASE WHEN contains(period, 'hour') THEN 1 ELSE 24 END * coalesce(
            try_cast(regexp_extract(period, '^[0-9]+') AS INTEGER),
            MAP {'twenty-four': 24, 'forty-eight': 48, 'seventy-two': 72, 'two': 2, 'three': 3, 'five': 5, 'seven': 7, 'ten': 10, 'fourteen': 14, 'thirty': 30}[
                regexp_extract(period, '^(twenty-four|forty-eight|seventy-two|[a-z]+)')]
        ) END
    ) AS periods FROM statements WHERE standing <> 'rejected' AND deadline_hours IS NOT NULL
)
SELECT statement_id, deadline_hours, says FROM said WHERE len(periods) > 0 AND NOT list_contains(periods, deadline_hours)
