-- A ceiling in law, though the row's own sentence tells of none and neither do its figures.
SELECT statement_id, says FROM statements
WHERE measure = 'staff_ceiling' AND standing <> 'rejected' AND ceiling IS NULL AND ceiling_diplomats IS NULL AND posts_cut IS NULL
    AND officials_low IS NULL AND NOT regexp_matches(
        lower(says), 'ceiling|\bcap|parity|limit|quota|cut|reduc|level|number|shrink|shrank|size|brought|lower|line|gap|posts|article 11|down|mirror|maximum|as many|fewer|demand|halve|\bhalf\b|\bfrom \w+ to\b'
    )
