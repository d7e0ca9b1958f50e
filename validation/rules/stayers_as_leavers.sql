-- The figure is the number that by the row's own sentence may stay, or of posts.
WITH said AS MATERIALIZED (
    SELECT statement_id, officials_low, posts_cut, says FROM statements
    WHERE standing <> 'rejected' AND officials_low > 1 AND contains(says, officials_low::VARCHAR)
        AND regexp_matches(says, 'stay|remain|ceiling|\bcap|maximum|down|back|cut|reduc|limit|brought|lower|shrink|fall|keep|no more|at most|leav|posts?\b')
)
SELECT statement_id, officials_low, says FROM said
WHERE regexp_matches(
    says, '(may stay|remain\w*|ceiling (of|at)|cap\w* (\w+ )*(at|of)|maximum of|(down|back|cut|reduced|limited|brought|lowered|shrink|fall) to'
    '|limit\w* to|keep\w*|no more than|at most|leav(es|ing)) (\w+ ){0,2}' || officials_low || '\b'
    '|\b' || officials_low || ' (\w+ ){0,3}((may|can|could) (stay|remain)|remain|stay)'
) OR posts_cut IS NULL AND regexp_matches(says, '\b' || officials_low || ' (\w+ ){0,2}posts?\b')
