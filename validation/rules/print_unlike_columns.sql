-- The wording counts an ambassador and no head of mission is among them, or diplomats and the unit says technical staff.
SELECT statement_id, figure_as_printed, head_of_mission, counted_unit FROM statements
WHERE standing <> 'rejected' AND (
    covers = 'whole' AND officials_high = 1 AND NOT head_of_mission
    AND regexp_matches(lower(figure_as_printed), '\bambassad|botschafter|embajador|ambasador|посол|посла')
    OR counted_unit = 'administrative_technical' AND regexp_matches(lower(figure_as_printed), 'diplomat|дипломат|diplomát')
    AND NOT regexp_matches(lower(figure_as_printed), ' |-')
)
