-- Disputed or withdrawn, and no note says by whom or why.
SELECT expulsion_id, status FROM expulsions WHERE status IN ('disputed', 'retracted') AND note IS NULL
