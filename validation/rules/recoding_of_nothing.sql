-- A cell coded a second time belongs to no row.
SELECT sample, unit_id, variable FROM recodings AS r
WHERE NOT EXISTS (FROM statements AS s WHERE s.statement_id = r.unit_id) AND NOT EXISTS (FROM expulsions AS e WHERE e.expulsion_id = r.unit_id)
    AND NOT EXISTS (FROM claims AS c WHERE c.claim_id = r.unit_id) AND NOT EXISTS (FROM articles AS a WHERE a.article_id = string_split(r.unit_id, '/')[1])
