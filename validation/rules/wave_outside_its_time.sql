-- A named crisis explains nothing that happened before it or long after it, nor between others than its parties.
SELECT e.expulsion_id, e.wave, e.announced_on FROM expulsions AS e JOIN (VALUES
    ('crimea_2014', DATE '2014-02-27', DATE '2014-12-31', ['RUS']), ('us_2016', DATE '2016-12-01', DATE '2017-12-31', ['USA', 'RUS']),
    ('skripal_2018', DATE '2018-03-04', DATE '2018-06-30', ['RUS']), ('navalny_2021', DATE '2021-01-17', DATE '2021-03-31', ['RUS']),
    ('us_2021', DATE '2021-04-15', DATE '2021-07-31', ['RUS']), ('vrbetice_2021', DATE '2021-04-17', DATE '2021-07-31', ['RUS']),
    ('ukraine_2022', DATE '2022-02-21', DATE '2022-12-31', ['RUS'])
) AS w (wave, first_day, last_day, parties) ON w.wave = e.wave
WHERE e.announced_on NOT BETWEEN w.first_day AND w.last_day OR NOT list_has_all([e.expeller, e.target], w.parties)
