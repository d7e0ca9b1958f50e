-- A post is closed, no more, and yet people are told to go: then the form of the order to them is the measure, or `mixed`.
SELECT expulsion_id, measure, persons_ordered FROM expulsions WHERE measure = 'post_closed' AND persons_ordered = 'yes'
