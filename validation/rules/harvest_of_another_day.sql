-- A harvested entry is matched to an expulsion more than a month away, or one side's figure is over three times the other's: another decision?
SELECT h.expulsion_id, h.found_by, h.announced_on AS harvested, e.announced_on, h.officials, e.officials_best
FROM harvests AS h JOIN expulsions AS e USING (expulsion_id)
WHERE abs(h.announced_on - e.announced_on) > 31 OR h.officials > 3 * e.officials_best OR h.officials * 3 < e.officials_best
