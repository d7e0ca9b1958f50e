-- A figure that counts, of the whole decision and in the best one's unit, is less than half or more than twice the best: superseded, rejected or misread?
SELECT s.statement_id, s.officials_low, s.officials_high, e.officials_best
FROM statements AS s JOIN expulsions AS e USING (expulsion_id)
WHERE s.standing = 'accepted' AND s.covers = 'whole' AND s.counted_unit = e.counted_unit
    AND (s.officials_low > 2 * e.officials_best OR s.officials_high * 2 < e.officials_best)
