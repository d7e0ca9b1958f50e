-- A statement dates the announcement after its own article, by more than the date line allows.
SELECT s.statement_id, s.announced_on, a.published_on
FROM statements AS s JOIN articles AS a USING (article_id)
WHERE s.announced_on > CASE a.published_precision WHEN 'day' THEN a.published_on + 1 WHEN 'month' THEN last_day(a.published_on) + 1
    ELSE make_date(year(a.published_on) + 1, 1, 1) END
