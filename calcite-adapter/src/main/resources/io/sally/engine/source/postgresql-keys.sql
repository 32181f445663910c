-- Unique indexes, with or without a constraint. Left out: partial ones, those on expressions, those
-- not yet valid, and those of a table with children, whose rows the index does not cover.
SELECT n.nspname AS schema_name,
       c.relname AS table_name,
       ic.relname AS key_name,
       i.indisprimary AS is_primary,
       a.attname AS column_name
FROM pg_catalog.pg_index i
JOIN pg_catalog.pg_class c ON c.oid = i.indrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_class ic ON ic.oid = i.indexrelid
CROSS JOIN LATERAL generate_series(0, i.indnkeyatts - 1) AS place(n)
JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[place.n]
WHERE n.nspname = ANY (?)
  AND i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL
  AND NOT (c.relkind = 'r' AND EXISTS (SELECT 1 FROM pg_catalog.pg_inherits h WHERE h.inhparent = c.oid))
ORDER BY n.nspname, c.relname, NOT i.indisprimary, ic.relname, place.n
