-- What a row says is a threat, a summons, a visa, a journalist, a demand, a denial or a protest, and nobody is told to go.
WITH said AS (
    SELECT statement_id, expulsion_id, says, lower(regexp_replace(
        says, '\b(threaten\w*|consider\w*|plan(s|ned|ning)?|intend\w*|may|might|could|vow\w*|promis\w*|warn\w*|den(y|ies|ied)|refus\w*|declin\w*|(did|does|has|have|will) not)'
        '( \w+){0,4} (expel\w*|expuls\w*|declar\w*|order\w*|remov\w*|send\w*)', 'threat', 'g'
    )) AS text
    FROM statements WHERE standing IN ('accepted', 'authoritative')
)
SELECT statement_id, expulsion_id, says FROM said
WHERE regexp_matches(
    text, '\b(threat\w*|summon\w*|visas?|journalist\w*|correspondents?|teachers?|entry ban|demand\w*|den(y|ies|ied)|promis\w*|protest\w*|warn\w*|criticis\w*|intend\w*)\b'
) AND NOT regexp_matches(
    text, 'expel|expuls|persona|welcome|undesir|unwanted|not (be )?accept|leave|\bleft\b|\bgone\b|\bgo\b|going|\bgoes\b|\bout\b|remov|declar|withdr|reduc|\bcut|\bsen[dt]\b|sending|depart'
    '|accredit|recall|clos|order|ceiling|revok|dismiss|quit|cancel|away|parity|remain|quota|lower|shed|\bfall|renew|exten[ds]|hours|\bdays\b|weeks?\b|months?\b|\bhome\b|\breturn|\bbroke\b|sever|replac|in place of|lapse|revoc|\bkeeps?\b|\bends?\b|until|brought|down|give up|cease|prolong|stopped'
    '|(decision|measure|step|note)( of [^,]+?| in [^,]+?)? against'
)
