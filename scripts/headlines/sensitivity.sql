-- Russian officials expelled since 24 February 2022, without authoritative marks (sum)
SELECT d.expulsion_id, m.officials FROM expulsion_dyads AS d LEFT JOIN best_figures(DATE '9999-12-31', false) AS m USING (expulsion_id)
WHERE d.counts AND d.target = 'RUS' AND d.announced_on >= DATE '2022-02-24'
