-- Days from an expulsion to what answers or joins it (median)
SELECT expulsion_id || '/' || answers || '/' || relation, lag_days FROM answer_lags
