-- What a row says sends the expeller's own people away, or has the target do it: the ends are turned, or it is about the answer.
WITH spoken AS MATERIALIZED (
    SELECT s.statement_id, s.expulsion_id, s.says, spaced(regexp_replace(s.says, '\w+-based', '')) AS words, e.expeller, e.target
    FROM statements AS s JOIN expulsions AS e USING (expulsion_id) WHERE s.standing <> 'rejected'
),
said AS MATERIALIZED (
    SELECT *, named(words, expeller) AS names_expeller FROM spoken
    WHERE named(words, target) AND NOT named(words, expeller)
        OR named(words, expeller) AND NOT regexp_matches(words, 'answer|return|respon|reply|reaction|retaliat|because|after|mirror|recipro|tit for')
        AND NOT named(regexp_replace(words, '^.*?(?:expel|out |remov|declar|order|[Ss]end|unwelcome)', ''), target)
)
SELECT statement_id, expulsion_id, says FROM said
WHERE names_expeller AND regexp_matches(
    words, '(expel\w*|out|remov\w*|removal of|declar\w*|order\w*|unwelcome|[Ss]en[dt]\w*)( \w+){0,3} ' || name_pattern(expeller)
    || '( \w+){0,2} (diplomat|official|employee|attach|staff|embassy|consul)'
) OR NOT names_expeller AND regexp_matches(
    words, '^ (The )?' || name_pattern(target)
    || '( foreign)?( government| ministry| minister)? (expel(s|led)|declar(es|ed)|order(s|ed)|sen(ds|t)|threw|throws|remov(es|ed)) '
)
