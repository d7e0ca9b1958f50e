-- Levels of effort as numbers, more is more; another word is an error.
-- effort: none, region_or_wave, one_side or both_sides
CREATE MACRO effort_rank(effort) AS
    coalesce(
        list_position(['none', 'region_or_wave', 'one_side', 'both_sides'], effort) - 1,
        error('"' || effort || '" is no level of effort. Choose none, region_or_wave, one_side or both_sides.')
    );
