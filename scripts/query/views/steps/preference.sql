-- The published order of preference among the figures of one decision, as one value to sort by.
-- figure: a row of ranked_figures
-- n_origins: independent origins that give the same figure
CREATE MACRO preference(figure, n_origins) AS row(
    figure.marked, figure.r_vantage, figure.r_attribution, figure.r_exactness, figure.r_unit, figure.r_recency, -n_origins, figure.statement_id
);
