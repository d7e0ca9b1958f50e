-- The coder's own sentence has numbers, and neither one of them nor their sum nor what remains of a larger one is the coded figure, with single
-- ranks beside them or without.
SELECT s.statement_id, s.officials_low, numbers_in(s.says) AS said, s.says FROM statements AS s
WHERE s.standing <> 'rejected' AND s.officials_low = s.officials_high AND (
    s.officials_low > 1 AND len(numbers_in(s.says)) > 0 AND list_sum(numbers_in(s.says)) <> s.officials_low
    AND NOT list_has_any(numbers_in(s.says), [s.officials_low, s.diplomats, s.officials_low - s.diplomats, s.posts_cut])
    AND NOT (
        regexp_matches(s.says, '\b(and|with)\b|,') AND (
            list_sum(numbers_in(s.says)) BETWEEN s.officials_low - ranks_in(s.says) AND s.officials_low
            OR len(list_filter(numbers_in(s.says), lambda n: n BETWEEN s.officials_low - ranks_in(s.says) AND s.officials_low)) > 0
        )
        OR regexp_matches(s.says, '\bfrom\b') AND list_max(numbers_in(s.says)) - s.officials_low = list_min(numbers_in(s.says))
    )
    OR s.officials_low = 1 AND regexp_matches(
        s.says, '\b([2-9]|[1-9][0-9]+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]+teen|[a-z]+ty)( \w+){0,2} '
        '(diplomats|employees|officials|staff|members|attachés)'
    ) AND NOT regexp_matches(
        s.says, '\b([Oo]ne|[Aa]n?|first|second|deputy|his|its|her|the (consul|ambassador|attaché|chargé|counsellor|military|naval|defence)|ambassador|nuncio|each)\b'
    )
)
