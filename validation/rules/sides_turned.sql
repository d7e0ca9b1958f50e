-- What a row says sends the expeller's own people away, or has the target do it: the ends are turned, or it is about the answer.
WITH said AS MATERIALIZED (
    SELECT s.statement_id, s.expulsion_id, s.says, e.expeller, e.target, named(s.says, e.expeller) AS names_expeller
    FROM statements AS s JOIN expulsions AS e USING (expulsion_id)
    WHERE s.standing <> 'rejected' AND (
        named(s.says, e.target) AND NOT named(s.says, e.expeller)
        OR named(s.says, e.expeller) AND NOT regexp_matches(s.says, 'answer|return|respon|reply|reaction|retaliat|because|after|mirror|recipro|tit-for')
        AND NOT named(regexp_extract(s.says, '(expel|out |remov|declar|order|[Ss]end|unwelcome).*'), e.target)
    )
)
SELECT statement_id, expulsion_id, says FROM said
WHERE names_expeller AND regexp_matches(
    says, '(expel\w*|out|remov\w*|removal of|declar\w*|order\w*|unwelcome|[Ss]en[dt]\w*)( \w+){0,3} (' || names_of(expeller)
    || ')\w*( \w+){0,2} (diplomat|official|employee|attach|staff|embassy|consul)'
) OR NOT names_expeller AND regexp_matches(
    says, '^(The )?(' || names_of(target)
    || ')\w*( foreign)?( government| ministry| minister)? (expel(s|led)|declar(es|ed)|order(s|ed)|sen(ds|t)|threw|throws|remov(es|ed)) '
)
