-- One row per published list, state by state, of whom others counted: how its lines compare with this package, the one comparison with codings that people made.
-- claim_id: the total to which the lines belong
-- claimed_by: who counted
-- as_of: day of the list
-- figure: its total
-- lines: lines with a number, those that a list merely reprints left out
-- equal: lines whose number is ours
-- within: other lines that hold by their qualifier or our range
-- explained: lines that differ for a stated reason
-- unexplained: lines that differ and nobody knows why
CREATE VIEW list_agreement AS
SELECT t.claim_id, t.claimed_by, t.as_of, t.figure,
    count(*)::INTEGER AS lines,
    count(*) FILTER (k.difference = 0)::INTEGER AS equal,
    count(*) FILTER (k.difference <> 0 AND k.agrees)::INTEGER AS within,
    count(*) FILTER (NOT k.agrees AND k.gap_reason <> 'not_explained')::INTEGER AS explained,
    count(*) FILTER (NOT k.agrees AND coalesce(k.gap_reason, 'not_explained') = 'not_explained')::INTEGER AS unexplained
FROM claim_checks AS k
JOIN claims AS t ON t.claim_id = k.part_of
WHERE k.origin IS NULL AND k.figure IS NOT NULL
    -- A share of a total, told for the same scope, is no line of a list.
    AND (k.expeller_scope, k.target_scope) <> (t.expeller_scope, t.target_scope)
GROUP BY t.claim_id, t.claimed_by, t.as_of, t.figure
ORDER BY t.as_of, t.claim_id;
