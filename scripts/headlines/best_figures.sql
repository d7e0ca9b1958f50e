-- Expulsions with a best figure (rows)
SELECT expulsion_id, officials FROM best_figures(DATE '9999-12-31', true)
