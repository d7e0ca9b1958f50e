-- A page of a ministry, an embassy or a government is of no other kind.
SELECT article_id, publisher, kind FROM articles
WHERE kind NOT IN ('ministry', 'other')
    AND regexp_matches(publisher, '\bMinistry\b|Foreign Office|State Department|Department of State|\bEmbassy\b|Government of|Presidency|\bMFA\b|Kremlin')
