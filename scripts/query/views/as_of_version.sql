-- One row per expulsion as a release had it; a version that was not released, and is not the one at hand, is an error.
-- version: the release
-- expulsion_id: the expulsion
-- expeller: and all other columns of expulsions, by name; empty where that release had no such column
CREATE MACRO as_of_version(version) AS TABLE
WITH held AS (
    FROM released_expulsions
    UNION ALL BY NAME
    SELECT r.version, e.* FROM release AS r, expulsions AS e
    WHERE r.version NOT IN (SELECT x.version FROM released_expulsions AS x)
),
known AS (SELECT list(DISTINCT h.version ORDER BY h.version) AS versions FROM held AS h)
SELECT h.* FROM known LEFT JOIN held AS h ON h.version = version
WHERE CASE WHEN list_contains(known.versions, version) THEN true
    ELSE error('There is no release "' || version || '" here. Held: ' || array_to_string(known.versions, ', ') || '.') END;
