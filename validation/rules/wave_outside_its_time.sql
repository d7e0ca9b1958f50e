-- A named crisis explains nothing that happened before it.
SELECT expulsion_id, wave, announced_on FROM expulsions
WHERE announced_on < CASE wave WHEN 'crimea_2014' THEN DATE '2014-02-27' WHEN 'us_2016' THEN DATE '2016-12-01'
    WHEN 'skripal_2018' THEN DATE '2018-03-04' WHEN 'navalny_2021' THEN DATE '2021-01-17' WHEN 'us_2021' THEN DATE '2021-04-15'
    WHEN 'vrbetice_2021' THEN DATE '2021-04-17' WHEN 'ukraine_2022' THEN DATE '2022-02-21' END
