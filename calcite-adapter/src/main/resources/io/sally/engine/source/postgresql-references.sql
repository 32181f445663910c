-- Foreign keys that hold for all rows.
SELECT n.nspname AS schema_name,
       c.relname AS table_name,
       k.conname AS key_name,
       a.attname AS column_name,
       tn.nspname AS target_schema,
       t.relname AS target_table,
       ta.attname AS target_column
FROM pg_catalog.pg_constraint k
JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_class t ON t.oid = k.confrelid
JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace
CROSS JOIN LATERAL unnest(k.conkey, k.confkey) WITH ORDINALITY AS pair(own, target, place)
JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = pair.own
JOIN pg_catalog.pg_attribute ta ON ta.attrelid = t.oid AND ta.attnum = pair.target
WHERE n.nspname = ANY (?)
  AND k.contype = 'f' AND k.convalidated AND k.conparentid = 0
ORDER BY n.nspname, c.relname, k.conname, pair.place
