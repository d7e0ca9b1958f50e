-- The coder's own sentence has numbers, and neither one of them nor their sum is the coded figure.
SELECT s.statement_id, s.officials_low, numbers_in(s.says) AS said, s.says FROM statements AS s
WHERE s.standing <> 'rejected' AND s.officials_low = s.officials_high AND (
    s.officials_low > 1 AND len(numbers_in(s.says)) > 0 AND list_sum(numbers_in(s.says)) <> s.officials_low
    AND NOT list_has_any(numbers_in(s.says), [s.officials_low, s.diplomats, s.officials_low - s.diplomats, s.posts_cut])
    OR s.officials_low = 1 AND regexp_matches(
        s.says, '\b([2-9]|[1-9][0-9]+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]+teen|[a-z]+ty)( \w+){0,2} '
        '(diplomats|employees|officials|staff|members|attachés)'
    ) AND NOT regexp_matches(
        s.says, '\b([Oo]ne|[Aa]n?|first|second|deputy|his|its|her|the (consul|ambassador|attaché|chargé|counsellor|military|naval|defence)|each)\b'
    )
)
