-- An address holds a day that is more than three days from the page's, or a month of another year.
SELECT article_id, published_on, url FROM articles
WHERE regexp_extract(url, '/(20[0-9]{2})/(?:0[1-9]|1[0-2])/', 1) NOT IN ('', year(published_on)::VARCHAR)
    OR published_precision = 'day' AND abs(published_on - try_cast(
        replace(regexp_extract(url, '/(20[0-9]{2}/(?:0[1-9]|1[0-2])/(?:[0-2][0-9]|3[01]))/', 1), '/', '-') AS DATE
    )) > 3
