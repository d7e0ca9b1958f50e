-- A line of a published list is about another period than its total, or is larger than it.
SELECT l.claim_id, l.figure, t.claim_id AS total_id, t.figure AS total FROM claims AS l JOIN claims AS t ON t.claim_id = l.part_of
WHERE l.article_id <> t.article_id OR l.as_of > t.as_of OR l.since < t.since OR (l.counted = t.counted AND l.figure > t.figure)
