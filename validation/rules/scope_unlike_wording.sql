-- A claim's wording speaks of an organisation's members and its scope of the organisation, or takes somebody out and its scope nobody.
SELECT claim_id, expeller_scope, target_scope, scope_as_stated FROM claims
WHERE NOT contains(expeller_scope || target_scope, '*') AND list_has_any(string_split(expeller_scope || ' ' || target_scope, ' '), ['EU', 'NATO'])
    AND regexp_matches(scope_as_stated, '(EU|NATO|European Union).{0,5}(member|state|countr|nation|ally|allies)|(member|state|countr|nation|allies)\w* of (the )?(EU|NATO|European Union|alliance)')
    OR kind = 'total' AND NOT contains(expeller_scope || target_scope, '-')
    AND regexp_matches(lower(scope_as_stated), '\b(except|excluding|other than|apart from|not counting|without)\b')
