-- An article that counts appeared before the day on which the expulsion became public: one of the days is wrong.
SELECT s.statement_id, e.expulsion_id, a.published_on, e.announced_on
FROM statements AS s JOIN articles AS a USING (article_id) JOIN expulsions AS e USING (expulsion_id)
WHERE s.standing IN ('accepted', 'authoritative') AND e.announced_precision = 'day'
    AND e.announced_on - 1 > CASE a.published_precision WHEN 'day' THEN a.published_on WHEN 'month' THEN last_day(a.published_on)
        ELSE make_date(year(a.published_on), 12, 31) END
