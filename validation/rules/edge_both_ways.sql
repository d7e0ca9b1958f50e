-- Two decisions answer each other, or one the other in two ways.
SELECT a.expulsion_id, a.answers, a.relation FROM answers AS a JOIN answers AS b
    ON b.expulsion_id = a.answers AND b.answers = a.expulsion_id OR b.expulsion_id = a.expulsion_id AND b.answers = a.answers AND b.relation <> a.relation
