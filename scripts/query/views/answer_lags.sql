-- One row per answer edge, with the days that passed.
-- expulsion_id: the later decision
-- answers: the decision it answers or joins
-- expeller: expeller of the later decision
-- target: its target
-- relation: retaliation or solidarity
-- basis: who states the link
-- lag_days: days from the answered announcement to the answering one; empty if either day is not known
-- headline: Days from an expulsion to what answers or joins it (median): SELECT expulsion_id || '/' || answers || '/' || relation, lag_days FROM answer_lags
CREATE VIEW answer_lags AS
SELECT a.expulsion_id, a.answers, e.expeller, e.target, a.relation, a.basis, a.lag_days
FROM answers AS a JOIN expulsions AS e USING (expulsion_id)
ORDER BY a.expulsion_id, a.answers;
