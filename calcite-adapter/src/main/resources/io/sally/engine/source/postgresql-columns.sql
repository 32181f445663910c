-- Every relation that can be selected from, with the columns that this user may read. A domain
-- counts as its base type. What tables inherit from each other counts only for their keys.
WITH RECURSIVE steps(domain, type, modifier) AS (
  SELECT oid, typbasetype, typtypmod
  FROM pg_catalog.pg_type
  WHERE typtype = 'd'
  UNION ALL
  SELECT s.domain, t.typbasetype,
         CASE WHEN s.modifier = -1 THEN t.typtypmod ELSE s.modifier END
  FROM steps s
  JOIN pg_catalog.pg_type t ON t.oid = s.type AND t.typtype = 'd'
),
bases AS (
  SELECT s.domain, s.type, s.modifier
  FROM steps s
  JOIN pg_catalog.pg_type t ON t.oid = s.type AND t.typtype <> 'd'
)
SELECT n.nspname AS schema_name,
       c.relname AS table_name,
       c.relkind::text AS kind,
       c.relrowsecurity AS row_security,
       pg_catalog.obj_description(c.oid, 'pg_class') AS table_comment,
       CASE WHEN c.relkind = 'p' AND c.reltuples < 0
            THEN (SELECT sum(greatest(leaf.reltuples, 0))
                  FROM pg_catalog.pg_partition_tree(c.oid) part
                  JOIN pg_catalog.pg_class leaf ON leaf.oid = part.relid
                  WHERE part.isleaf)
            ELSE c.reltuples END::bigint AS row_count,
       a.attname AS column_name,
       COALESCE((SELECT pg_catalog.to_jsonb(l) ->> 'collisdeterministic' FROM pg_catalog.pg_collation l
                 WHERE l.oid = a.attcollation), 'true') = 'false' AS loose_equality,
       a.attnotnull AS not_null,
       pg_catalog.col_description(c.oid, a.attnum) AS column_comment,
       CASE WHEN t.typnamespace = 'pg_catalog'::regnamespace THEN t.typname::text ELSE '' END
         AS type_name,
       CASE WHEN b.domain IS NULL OR a.atttypmod <> -1 THEN a.atttypmod ELSE b.modifier END
         AS modifier,
       CASE WHEN e.typnamespace = 'pg_catalog'::regnamespace THEN e.typname::text ELSE '' END
         AS element_name,
       -- The two vectors and arrays of boxes are written differently: they stay texts.
       t.typcategory = 'A' AND t.typlen = -1 AND t.typelem <> 0
         AND t.oid NOT IN ('int2vector'::regtype, 'oidvector'::regtype, 'box[]'::regtype) AS is_array,
       CASE WHEN t.oid = 'money'::regtype OR e.oid = 'money'::regtype
            THEN scale(0::money::numeric) END AS money_scale
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN bases b ON b.domain = a.atttypid
JOIN pg_catalog.pg_type t ON t.oid = coalesce(b.type, a.atttypid)
LEFT JOIN pg_catalog.pg_type e ON e.oid = t.typelem
WHERE n.nspname = ANY (?)
  AND c.relkind IN ('r', 'v', 'm', 'p', 'f')
  AND pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT')
ORDER BY n.nspname, c.relname, a.attnum
