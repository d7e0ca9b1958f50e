-- The press speaks for neither side.
SELECT statement_id, vantage, says FROM statements WHERE attribution = 'press' AND vantage <> 'third_party'
