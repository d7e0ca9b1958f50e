-- Somebody states that it hits back, or a side that it joins others, and by no page is that among the expeller's grounds.
SELECT a.expulsion_id, a.answers, a.relation, a.basis FROM answers AS a JOIN expulsions AS e USING (expulsion_id)
WHERE a.basis <> 'inferred' AND CASE a.relation WHEN 'retaliation' THEN NOT e.ground_retaliation
    -- "In response" in the press's voice is a ground by the manual, joining others in its voice is none.
    ELSE a.basis <> 'stated_by_press' AND NOT e.ground_solidarity END
