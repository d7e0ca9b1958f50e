-- Officials known from articles published by the end of 2022, all dyads (sum)
SELECT expeller || '/' || target, officials_known FROM totals_as_of(DATE '2022-12-31')
