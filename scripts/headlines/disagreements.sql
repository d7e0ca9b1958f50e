-- Expulsions with more than one printed figure (rows)
SELECT expulsion_id, len(figures) FROM disagreements
