-- A named crisis explains nothing that happened before it or long after it, nor between others than its parties.
SELECT e.expulsion_id, e.wave, e.announced_on FROM expulsions AS e JOIN (VALUES
    ('gulf_1990', DATE '1990-08-02', DATE '1991-02-28', ['IRQ']), ('libya_1992', DATE '1992-03-31', DATE '1992-06-30', ['LBY']),
    ('kosovo_1999', DATE '1999-03-01', DATE '1999-06-30', ['YUG']), ('iraq_2003', DATE '2003-01-01', DATE '2003-04-30', ['IRQ']),
    ('libya_2011', DATE '2011-02-15', DATE '2011-10-31', ['LBY']), ('syria_2012', DATE '2012-02-03', DATE '2012-06-30', ['SYR']),
    ('crimea_2014', DATE '2014-02-27', DATE '2014-12-31', ['RUS']), ('nimr_2016', DATE '2016-01-02', DATE '2016-02-29', ['IRN']),
    ('us_2016', DATE '2016-12-01', DATE '2017-12-31', ['USA', 'RUS']), ('gulf_2017', DATE '2017-06-05', DATE '2017-07-31', ['QAT']),
    ('kim_2017', DATE '2017-07-04', DATE '2017-12-31', ['PRK']), ('venezuela_2017', DATE '2017-05-01', DATE '2018-01-31', ['VEN']),
    ('skripal_2018', DATE '2018-03-04', DATE '2018-06-30', ['RUS']), ('venezuela_2019', DATE '2019-01-10', DATE '2020-12-31', ['VEN']),
    ('belarus_2020', DATE '2020-08-09', DATE '2021-09-30', ['BLR']), ('navalny_2021', DATE '2021-01-17', DATE '2021-03-31', ['RUS']),
    ('us_2021', DATE '2021-04-15', DATE '2021-07-31', ['RUS']), ('vrbetice_2021', DATE '2021-04-17', DATE '2021-07-31', ['RUS']),
    ('lebanon_2021', DATE '2021-10-26', DATE '2021-11-30', ['LBN']), ('ukraine_2022', DATE '2022-02-21', DATE '2022-12-31', ['RUS']),
    ('gaza_2023', DATE '2023-10-07', DATE '2024-12-31', ['ISR']), ('venezuela_2024', DATE '2024-07-28', DATE '2025-01-31', ['VEN']),
    ('iran_war_2026', DATE '2026-02-28', DATE '2026-06-30', ['IRN'])
) AS w (wave, first_day, last_day, parties) ON w.wave = e.wave
WHERE e.announced_on NOT BETWEEN w.first_day AND w.last_day OR NOT list_has_all([e.expeller, e.target], w.parties)
