-- Nobody was ordered out, yet officials are counted.
SELECT expulsion_id, officials_best FROM expulsions WHERE persons_ordered = 'no' AND officials_best IS NOT NULL
