-- Organisations and state systems had these many members on these days: a spell is lost, or one too many.
SELECT o.organisation, o.day, o.size, count(m.actor_id) AS members
FROM (VALUES
    ('EU', DATE '1958-01-01', 6), ('EU', DATE '1973-01-01', 9), ('EU', DATE '1981-01-01', 10), ('EU', DATE '1986-01-01', 12),
    ('EU', DATE '1995-01-01', 15), ('EU', DATE '2004-05-01', 25), ('EU', DATE '2007-01-01', 27), ('EU', DATE '2013-07-01', 28),
    ('EU', DATE '2020-02-01', 27), ('EU', DATE '2024-06-30', 27),
    ('NATO', DATE '1949-08-24', 12), ('NATO', DATE '1952-02-18', 14), ('NATO', DATE '1955-05-06', 15), ('NATO', DATE '1982-05-30', 16),
    ('NATO', DATE '1999-03-12', 19), ('NATO', DATE '2004-03-29', 26), ('NATO', DATE '2009-04-01', 28), ('NATO', DATE '2017-06-05', 29),
    ('NATO', DATE '2020-03-27', 30), ('NATO', DATE '2023-04-04', 31), ('NATO', DATE '2024-03-07', 32),
    ('G7', DATE '1975-11-15', 6), ('G7', DATE '1976-06-27', 7), ('G7', DATE '2000-06-30', 7),
    ('COW', DATE '1946-06-30', 65), ('COW', DATE '1950-06-30', 75), ('COW', DATE '1955-06-30', 83), ('COW', DATE '1960-06-30', 94),
    ('COW', DATE '1965-06-30', 122), ('COW', DATE '1970-06-30', 133), ('COW', DATE '1975-06-30', 143), ('COW', DATE '1980-06-30', 156),
    ('COW', DATE '1985-06-30', 161), ('COW', DATE '1990-06-30', 161), ('COW', DATE '1995-06-30', 187), ('COW', DATE '2000-06-30', 190),
    ('COW', DATE '2005-06-30', 192), ('COW', DATE '2011-06-30', 194), ('COW', DATE '2021-06-30', 195),
    ('GW', DATE '1946-06-30', 74), ('GW', DATE '1950-06-30', 86), ('GW', DATE '1955-06-30', 90), ('GW', DATE '1960-06-30', 101),
    ('GW', DATE '1965-06-30', 130), ('GW', DATE '1970-06-30', 142), ('GW', DATE '1975-06-30', 150), ('GW', DATE '1980-06-30', 165),
    ('GW', DATE '1985-06-30', 169), ('GW', DATE '1990-06-30', 171), ('GW', DATE '1995-06-30', 191), ('GW', DATE '2000-06-30', 191),
    ('GW', DATE '2005-06-30', 192), ('GW', DATE '2011-06-30', 196), ('GW', DATE '2021-06-30', 197)
) AS o (organisation, day, size)
LEFT JOIN memberships AS m ON m.organisation = o.organisation AND o.day BETWEEN m.joined_on AND coalesce(m.left_on, DATE '9999-12-31')
GROUP BY ALL HAVING count(m.actor_id) <> o.size
