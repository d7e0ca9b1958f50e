-- A statement's number of those who go is its number of those who may stay, or of posts that are cut; a note on the expulsion that names the number explains the best figure.
SELECT s.statement_id, s.officials_low, s.ceiling, s.posts_cut FROM statements AS s JOIN expulsions AS e USING (expulsion_id)
WHERE s.standing IN ('accepted', 'authoritative') AND s.covers = 'whole' AND s.officials_low = s.officials_high
    AND (s.officials_low IN (s.ceiling, s.ceiling_diplomats) OR s.officials_low = s.posts_cut AND s.posts_cut > 1)
    AND (s.officials_low IS DISTINCT FROM e.officials_best OR NOT regexp_matches(coalesce(e.note, ''), '\b' || s.officials_low || '\b'))
