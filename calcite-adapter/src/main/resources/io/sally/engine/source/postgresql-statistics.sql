-- What ANALYZE has found, of the columns that this user may read. Of a table with children the
-- figures that count them in come last and win.
SELECT schemaname AS schema_name,
       tablename AS table_name,
       attname AS column_name,
       n_distinct AS distinct_values
FROM pg_catalog.pg_stats
WHERE schemaname = ANY (?)
ORDER BY inherited
