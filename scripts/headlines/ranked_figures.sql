-- Statements that can give a best figure (rows)
SELECT statement_id, officials FROM ranked_figures
