-- One person out, who is the head of the mission, cannot be several.
SELECT expulsion_id, officials_best FROM expulsions WHERE head_of_mission AND officials_best < 1
