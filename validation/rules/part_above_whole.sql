-- A part counts more than the whole decision: what it covers, or the bound of the whole, is wrong.
SELECT s.statement_id, s.officials_low, e.officials_high
FROM statements AS s JOIN expulsions AS e USING (expulsion_id)
WHERE s.covers = 'part' AND s.standing IN ('accepted', 'authoritative') AND s.officials_low > e.officials_high
