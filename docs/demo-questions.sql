-- How many sites are there?
SELECT COUNT(*) FROM "demo"."sites"

-- How many studies are there?
SELECT COUNT(*) FROM "demo"."studies"

-- How many sites are there by country, the most first?
SELECT s."country", COUNT(*) AS "sites"
FROM "demo"."sites" s
GROUP BY s."country"
ORDER BY COUNT(*) DESC, s."country"

-- How many vendors are there?
SELECT COUNT(*) FROM "demo"."vendors"

-- How many shipments are delayed?
SELECT COUNT(*) FROM "demo"."shipments" s WHERE LOWER(s."status") = 'delayed'

-- What will the weather be tomorrow?
UNANSWERABLE
