-- Two expulsions of one dyad with the same note are one, coded twice.
SELECT a.expulsion_id, b.expulsion_id AS other_id FROM expulsions AS a JOIN expulsions AS b
    ON a.expeller = b.expeller AND a.target = b.target AND a.note = b.note AND a.expulsion_id < b.expulsion_id
