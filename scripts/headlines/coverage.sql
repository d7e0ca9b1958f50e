-- Directed dyads and half-years searched as a whole (sum)
SELECT expeller || '/' || target || '/' || year || '/' || half, covered::INTEGER FROM coverage
