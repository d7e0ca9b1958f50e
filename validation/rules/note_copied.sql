-- Two expulsions of one dyad with the same note are one, coded twice; two that share no side have one's note by mistake.
SELECT a.expulsion_id, b.expulsion_id AS other_id FROM expulsions AS a JOIN expulsions AS b ON a.note = b.note AND a.expulsion_id < b.expulsion_id
WHERE a.expeller = b.expeller AND a.target = b.target
    OR length(a.note) > 40 AND NOT list_has_any([a.expeller, a.target], [b.expeller, b.target])
