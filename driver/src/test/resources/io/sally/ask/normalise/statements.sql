--- postgresql
SELECT DATE_TRUNC('month', order_date)::date AS month, SUM(total) AS revenue FROM orders GROUP BY 1 ORDER BY 1
--- postgresql
SELECT TO_CHAR(order_date, 'YYYY-MM') AS ym, COUNT(*) AS n FROM orders GROUP BY ym ORDER BY ym
--- postgresql
SELECT id, order_date + INTERVAL '1 month' AS due, order_date - 7 AS before, order_date + 3 AS after FROM orders ORDER BY id
--- postgresql
SELECT id, shipped_at::date - order_date AS days FROM orders WHERE shipped_at IS NOT NULL ORDER BY days DESC, id
--- postgresql
SELECT c.id, c.name, COUNT(o.id) AS n, COALESCE(SUM(o.total), 0) AS spent FROM customers c LEFT JOIN orders o ON o.customer_id = c.id GROUP BY c.id ORDER BY spent DESC, c.id
--- postgresql
SELECT DISTINCT ON (customer_id) customer_id, id, total FROM orders ORDER BY customer_id, total DESC, id
--- postgresql
SELECT name FROM customers WHERE name ILIKE 'a%' OR name ILIKE '%corp' ORDER BY name
--- postgresql
SELECT name FROM customers WHERE name ~ '^[A-C]' AND name !~ 'x' ORDER BY id
--- postgresql
SELECT name FROM customers WHERE name ~* 'CORP|inc' ORDER BY id
--- postgresql
SELECT name FROM customers WHERE name SIMILAR TO '(A|B)%' ORDER BY id
--- postgresql
SELECT customer_id, STRING_AGG(status, ', ' ORDER BY id) AS statuses FROM orders GROUP BY customer_id ORDER BY customer_id
--- postgresql
SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY total) AS median FROM orders
--- postgresql
SELECT status, PERCENTILE_DISC(0.9) WITHIN GROUP (ORDER BY qty) AS p90 FROM orders GROUP BY status ORDER BY status
--- postgresql
SELECT status || ' #' || orders.id AS label, vip::text, vip::int FROM orders JOIN customers ON customers.id = orders.customer_id ORDER BY orders.id
--- postgresql
SELECT SUM(qty) / COUNT(*) AS whole, ROUND(AVG(total), 2) AS mean, 7 / 2 AS cut, 7 / 2.0 AS half FROM orders
--- postgresql
SELECT EXTRACT(YEAR FROM AGE(DATE '2024-06-30', signup_date)) AS years, EXTRACT(DOW FROM signup_date) AS dow, EXTRACT(ISODOW FROM signup_date), EXTRACT(WEEK FROM signup_date), EXTRACT(QUARTER FROM signup_date) FROM customers ORDER BY id
--- postgresql
SELECT EXTRACT(EPOCH FROM (shipped_at - order_date::timestamp)) / 3600 AS hours FROM orders WHERE shipped_at IS NOT NULL ORDER BY id
--- postgresql
SELECT DATE_PART('month', order_date) AS m, COUNT(*) FILTER (WHERE status = 'shipped') AS shipped FROM orders GROUP BY 1 ORDER BY 1
--- postgresql
SELECT DATE_TRUNC('week', order_date)::date AS week, COUNT(*) FROM orders GROUP BY week ORDER BY week
--- postgresql
SELECT id, DATE_TRUNC('quarter', order_date) AS q FROM orders ORDER BY id
--- postgresql
SELECT id, SPLIT_PART(note, '-', 2), INITCAP(note), LEFT(note, 3), RIGHT(note, 2), REVERSE(note), LPAD(id::text, 4, '0') FROM orders ORDER BY id
--- postgresql
SELECT id FROM orders ORDER BY shipped_at DESC NULLS LAST, id LIMIT 3 OFFSET 1
--- postgresql
SELECT id FROM orders ORDER BY shipped_at DESC, id LIMIT 3
--- postgresql
SELECT id, ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY total DESC) AS rn, SUM(total) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS rolling FROM orders ORDER BY id
--- postgresql
WITH m AS (SELECT DATE_TRUNC('month', order_date) AS month, SUM(total) AS revenue FROM orders GROUP BY 1) SELECT month, revenue, revenue - LAG(revenue, 1, 0) OVER (ORDER BY month) AS change FROM m ORDER BY month
--- postgresql
WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 5) SELECT x, x * x FROM n ORDER BY x
--- postgresql
SELECT CONCAT(name, ' (', country, ')'), CONCAT_WS('/', name, country) FROM customers ORDER BY id
--- postgresql
SELECT name FROM customers WHERE vip = 't' AND signup_date BETWEEN '2020-01-01' AND '2022-12-31' ORDER BY id
--- postgresql
SELECT id FROM orders WHERE shipped_at >= '2024-02-01' AND qty = '3' ORDER BY id
--- postgresql
SELECT SUBSTRING(name FROM 2 FOR 3), POSITION('o' IN name), STRPOS(name, 'o'), CHAR_LENGTH(name), BTRIM(name) FROM customers ORDER BY id
--- postgresql
SELECT GREATEST(qty, 3, NULL::int), LEAST(qty, 2), NULLIF(qty, 3) FROM orders ORDER BY id
--- postgresql
SELECT BOOL_OR(vip), BOOL_AND(vip), COUNT(DISTINCT country) FROM customers
--- postgresql
SELECT c.name, l.total FROM customers c LEFT JOIN LATERAL (SELECT total FROM orders o WHERE o.customer_id = c.id ORDER BY total DESC LIMIT 1) l ON TRUE ORDER BY c.id
--- postgresql
SELECT id FROM orders WHERE order_date >= CURRENT_DATE - INTERVAL '30 days' OR order_date < NOW() - INTERVAL '1 year 2 months' ORDER BY id
--- postgresql
SELECT total::int, ROUND(total)::bigint, total::numeric(10,1), '2024-01-05'::date + 1, MAKE_DATE(2024, 2, qty) FROM orders WHERE qty IS NOT NULL ORDER BY id
--- postgresql
SELECT "date", "user", "order" FROM words ORDER BY "date"
--- postgresql
SELECT country, status, COUNT(*) FROM orders o JOIN customers c ON c.id = o.customer_id GROUP BY ROLLUP(country, status) ORDER BY country, status
--- postgresql refused
SELECT AGE(signup_date) FROM customers
--- postgresql refused
SELECT generate_series(1, 5)
--- postgresql refused
SELECT TO_CHAR(total, 'FM999,999.00') FROM orders
--- postgresql
SELECT REGEXP_REPLACE(name, '[aeiou]', '', 'g') FROM customers
--- postgresql refused
SELECT shipped_at AT TIME ZONE 'Europe/Berlin' FROM orders
--- postgresql refused
SELECT STRING_AGG(DISTINCT status, ', ' ORDER BY status) FROM orders
--- mysql
SELECT `status`, COUNT(*) AS `n`, SUM(`total`) AS revenue FROM `orders` GROUP BY `status` ORDER BY revenue DESC
--- mysql
SELECT DATE_FORMAT(order_date, '%Y-%m') AS ym, COUNT(*) FROM orders GROUP BY ym ORDER BY ym
--- mysql
SELECT id, DATE_FORMAT(order_date, '%W, %e %M %Y'), DATE_FORMAT(shipped_at, '%H:%i'), DATE_FORMAT(order_date, '%d.%m.%y') FROM orders ORDER BY id
--- mysql
SELECT id, DATEDIFF(shipped_at, order_date) AS days FROM orders ORDER BY days, id
--- mysql
SELECT id, DATE_ADD(order_date, INTERVAL 1 MONTH), DATE_SUB(order_date, INTERVAL qty DAY), order_date + INTERVAL 2 WEEK, ADDDATE(order_date, 5) FROM orders ORDER BY id
--- mysql
SELECT YEAR(order_date) AS y, MONTH(order_date) AS m, SUM(total) FROM orders GROUP BY y, m ORDER BY y, m
--- mysql
SELECT DAYNAME(order_date), MONTHNAME(order_date), DAYOFWEEK(order_date), WEEKDAY(order_date), WEEK(order_date), QUARTER(order_date), LAST_DAY(order_date) FROM orders ORDER BY id
--- mysql
SELECT customer_id, SUM(status = 'shipped') AS shipped, SUM(qty > 2) AS big, AVG(status = 'open') AS share FROM orders GROUP BY customer_id ORDER BY customer_id
--- mysql
SELECT customer_id, GROUP_CONCAT(status ORDER BY id DESC SEPARATOR '; ') AS list FROM orders GROUP BY customer_id ORDER BY customer_id
--- mysql
SELECT IF(total > 50, "big", "small") AS size, COUNT(*) FROM orders GROUP BY size ORDER BY size
--- mysql
SELECT IFNULL(qty, 0), qty / 2, qty DIV 2, qty % 2, MOD(qty, 2), qty / 0 FROM orders ORDER BY id
--- mysql
SELECT CONCAT(status, '-', id), CONCAT(status, NULL), CONCAT_WS('-', status, NULL, id) FROM `orders` ORDER BY id
--- mysql
SELECT SUBSTRING(note, -3), SUBSTR(note, -3, 2), LOCATE('-', note), INSTR(note, '-'), LEFT(note, 2), CHAR_LENGTH(note), LPAD(id, 3, '0') FROM orders ORDER BY id
--- mysql
SELECT name FROM customers WHERE name REGEXP '^a' OR name RLIKE 'corp$' ORDER BY id
--- mysql
SELECT name FROM customers WHERE name LIKE 'ACM%' ORDER BY IFNULL(country, 'x'), id
--- mysql
SELECT id, shipped_at FROM orders ORDER BY shipped_at, id LIMIT 1, 3
--- mysql
SELECT id FROM orders WHERE order_date >= DATE_SUB(CURDATE(), INTERVAL 30 DAY) OR order_date < DATE_SUB(NOW(), INTERVAL 1 YEAR) ORDER BY id
--- mysql
SELECT TIMESTAMPDIFF(HOUR, order_date, shipped_at), TIMESTAMPDIFF(MONTH, order_date, '2024-12-31'), TIMESTAMPDIFF(YEAR, '2000-03-01', order_date) FROM orders ORDER BY id
--- mysql
SELECT STR_TO_DATE('17/05/2024', '%d/%m/%Y'), CONVERT('12', SIGNED), CAST('3.75' AS DECIMAL(10,1)), CAST(2.5 AS SIGNED), 'it\'s'
--- mysql
SELECT `c`.`id`, `c`.`name`, COUNT(*) FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY c.id ORDER BY c.id
--- mysql
SELECT status, IFNULL(SUM(qty), 0) AS q FROM orders GROUP BY status HAVING q > 2 ORDER BY q
--- mysql
SELECT id, total * 2 AS doubled FROM orders HAVING doubled > 100 AND IFNULL(doubled, 0) > 0 ORDER BY id
--- mysql
SELECT status, IFNULL(status, 'all'), COUNT(*) FROM orders GROUP BY status WITH ROLLUP
--- mysql
SELECT name FROM customers WHERE vip = 1 AND IFNULL(country, '') <> '' ORDER BY name
--- mysql
SELECT name FROM customers WHERE IF(vip, 1, 0) = 1 ORDER BY id
--- mysql
SELECT UNIX_TIMESTAMP(shipped_at), FROM_UNIXTIME(86400), UCASE(status), REVERSE(status), REPLACE(status, 'e', 'E') FROM orders ORDER BY id
--- mysql
SELECT qty <=> NULL, qty <=> 3 FROM orders ORDER BY id
--- mysql
SELECT `date`, `user`, `order` FROM words ORDER BY `date`
--- mysql refused
SELECT SUBSTRING_INDEX(note, '-', 1) FROM orders
--- mysql refused
SELECT WEEK(order_date, 1), IFNULL(qty, 0) FROM orders
--- mysql refused
SELECT DATE_FORMAT(order_date, '%U') FROM orders
--- sqlite
SELECT strftime('%Y-%m', order_date) AS ym, COUNT(*) FROM orders GROUP BY ym ORDER BY ym
--- sqlite
SELECT id, julianday(shipped_at) - julianday(order_date) AS days FROM orders ORDER BY id
--- sqlite
SELECT id, date(order_date, '+1 month'), date(order_date, 'start of month'), date(order_date, '-7 days'), date(order_date, 'start of month', '+1 month', '-1 day') FROM orders ORDER BY id
--- sqlite
SELECT id FROM orders WHERE order_date >= date('now', '-30 days') OR order_date < date('now', '-1 year') ORDER BY id
--- sqlite
SELECT strftime('%w', order_date), strftime('%d/%m/%Y', order_date), strftime('%H:%M', shipped_at), strftime('%j', order_date), strftime('%W', order_date) FROM orders ORDER BY id
--- sqlite
SELECT IFNULL(qty, 0), 7 / 2, 7 / 0, qty % 2, CAST(3.7 AS INTEGER), CAST(-3.7 AS INTEGER) FROM orders ORDER BY id
--- sqlite
SELECT substr(note, -3), substr(note, 2, 3), substr(note, -3, 2), instr(note, '-'), length(note) FROM orders ORDER BY id
--- sqlite
SELECT name FROM customers WHERE name LIKE 'acm%' ORDER BY IFNULL(country, ''), id
--- sqlite
SELECT IIF(total > 50, 'big', 'small') AS size, SUM(total), COUNT(*) FROM orders GROUP BY size ORDER BY size
--- sqlite
SELECT customer_id, SUM(status = 'shipped') AS shipped, IFNULL(MAX(qty), 0) FROM orders GROUP BY customer_id ORDER BY shipped DESC, customer_id
--- sqlite
SELECT customer_id, group_concat(status, '; ' ORDER BY id) FROM orders GROUP BY customer_id ORDER BY customer_id
--- sqlite
SELECT id FROM orders WHERE IFNULL(qty, 0) >= 0 ORDER BY shipped_at, id LIMIT 3
--- sqlite
SELECT status || '-' || id || IFNULL(note, '') FROM orders ORDER BY id
--- sqlite
SELECT CAST(strftime('%Y', order_date) AS INTEGER) AS y, ROUND(SUM(total), 1) FROM orders GROUP BY y ORDER BY y
--- sqlite
SELECT COUNT(*), TOTAL(qty), IFNULL(MIN(note), '-') FROM orders
--- sqlite refused
WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 100) SELECT COUNT(*) FROM (SELECT IFNULL(x, 0) AS x FROM n WHERE x < 4) t
--- sqlite
SELECT id FROM orders WHERE IFNULL(qty, 0) > 1 UNION SELECT id FROM customers INTERSECT SELECT 2 ORDER BY 1
--- sqlite refused
SELECT printf('%.2f', total) FROM orders
--- sqlite refused
SELECT name FROM customers WHERE name GLOB 'A*'
--- sqlite refused
SELECT date(order_date, 'weekday 1') FROM orders
--- bigquery
SELECT FORMAT_DATE('%Y-%m', order_date) AS ym, COUNTIF(status = 'shipped') AS n FROM `orders` GROUP BY ym ORDER BY ym
--- as
SELECT TO_CHAR(order_date, 'YYYY-MM') AS ym, COUNT(*) FILTER (WHERE status = 'shipped') AS n FROM orders GROUP BY 1 ORDER BY 1
--- bigquery
SELECT id, SAFE_DIVIDE(total, qty) AS unit, qty / 2 AS half, SAFE_CAST(note AS INT64) AS number FROM orders ORDER BY id
--- as
SELECT id, total::float8 / NULLIF(qty, 0), qty / 2.0, CAST(NULL AS int) FROM orders ORDER BY id
--- bigquery
SELECT id, DATE_DIFF(DATE '2024-12-31', order_date, MONTH) AS m, DATE_ADD(order_date, INTERVAL 2 WEEK) AS w, DATE_TRUNC(order_date, MONTH) AS s FROM orders ORDER BY id
--- as
SELECT id, (2024 - EXTRACT(YEAR FROM order_date)) * 12 + 12 - EXTRACT(MONTH FROM order_date), order_date + 14, DATE_TRUNC('month', order_date)::date FROM orders ORDER BY id
--- bigquery
SELECT * EXCEPT (note, shipped_at) FROM orders WHERE TRUE QUALIFY ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY total DESC) = 1 ORDER BY id
--- as
SELECT id, customer_id, order_date, status, total, qty FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY total DESC) rn FROM orders) t WHERE rn = 1 ORDER BY id
--- bigquery
SELECT EXTRACT(DAYOFWEEK FROM order_date) AS d, EXTRACT(ISOWEEK FROM order_date) AS w, STRPOS(status, "p") AS p FROM `orders` WHERE status = "shipped" ORDER BY id
--- as
SELECT EXTRACT(DOW FROM order_date) + 1, EXTRACT(WEEK FROM order_date), STRPOS(status, 'p') FROM orders WHERE status = 'shipped' ORDER BY id
--- oracle
SELECT NVL(qty, 0), DECODE(status, 'open', 'O', 'shipped', 'S', '?'), NVL2(qty, 'y', 'n'), TO_CHAR(order_date, 'DD-MON-YYYY') FROM orders ORDER BY id
--- as
SELECT COALESCE(qty, 0), CASE status WHEN 'open' THEN 'O' WHEN 'shipped' THEN 'S' ELSE '?' END, CASE WHEN qty IS NULL THEN 'n' ELSE 'y' END, TO_CHAR(order_date, 'DD-MON-YYYY') FROM orders ORDER BY id
--- oracle
SELECT id FROM orders WHERE status = 'shipped' AND ROWNUM <= 2 ORDER BY total DESC
--- as
SELECT id FROM orders WHERE status = 'shipped' ORDER BY total DESC LIMIT 2
--- oracle
SELECT customer_id, LISTAGG(status, ',') WITHIN GROUP (ORDER BY id) AS l FROM orders GROUP BY customer_id ORDER BY customer_id
--- as
SELECT customer_id, STRING_AGG(status, ',' ORDER BY id) FROM orders GROUP BY customer_id ORDER BY customer_id
--- oracle
SELECT ADD_MONTHS(order_date, 1), TRUNC(order_date, 'MM'), LAST_DAY(order_date), order_date + 7, NVL(qty, 0) / 2 FROM orders WHERE id <= 3 ORDER BY id
--- as
SELECT CASE WHEN order_date = (DATE_TRUNC('month', order_date) + INTERVAL '1 month - 1 day')::date THEN (DATE_TRUNC('month', order_date) + INTERVAL '2 months - 1 day')::date ELSE (order_date + INTERVAL '1 month')::date END, DATE_TRUNC('month', order_date)::date, (DATE_TRUNC('month', order_date) + INTERVAL '1 month - 1 day')::date, order_date + 7, COALESCE(qty, 0) / 2.0 FROM orders WHERE id <= 3 ORDER BY id
--- oracle
SELECT id FROM orders MINUS SELECT id FROM customers
--- as
SELECT id FROM orders EXCEPT SELECT id FROM customers
--- oracle refused
SELECT MAX(total) KEEP (DENSE_RANK FIRST ORDER BY order_date) FROM orders
--- oracle refused
SELECT o.id FROM orders o, customers c WHERE o.customer_id = c.id(+)
--- oracle refused
SELECT id FROM customers START WITH id = 1 CONNECT BY PRIOR id = id + 1
--- tsql
SELECT TOP 3 [id], [total] FROM [dbo].[orders] ORDER BY [total] DESC
--- as
SELECT id, total FROM orders ORDER BY total DESC LIMIT 3
--- tsql
SELECT DATEDIFF(month, order_date, '2024-12-31'), DATEADD(day, -7, order_date), DATEPART(year, order_date), DATENAME(month, order_date), EOMONTH(order_date), CONVERT(VARCHAR(10), order_date, 120) FROM orders ORDER BY id
--- as
SELECT (2024 - EXTRACT(YEAR FROM order_date)) * 12 + 12 - EXTRACT(MONTH FROM order_date), order_date - 7, EXTRACT(YEAR FROM order_date), TO_CHAR(order_date, 'FMMonth'), (DATE_TRUNC('month', order_date) + INTERVAL '1 month - 1 day')::date, TO_CHAR(order_date, 'YYYY-MM-DD') FROM orders ORDER BY id
--- tsql
SELECT ISNULL(qty, 0), LEN(status), CHARINDEX('p', status), IIF(total > 50, 'big', 'small'), TRY_CAST(note AS INT), status + '!' FROM orders ORDER BY id
--- as
SELECT COALESCE(qty, 0), LENGTH(status), STRPOS(status, 'p'), CASE WHEN total > 50 THEN 'big' ELSE 'small' END, CAST(NULL AS int), status || '!' FROM orders ORDER BY id
--- tsql
SELECT TOP 1 WITH TIES status, COUNT(*) AS n FROM orders GROUP BY status ORDER BY COUNT(*) DESC
--- as
SELECT status, COUNT(*) FROM orders GROUP BY status ORDER BY 2 DESC FETCH FIRST 1 ROW WITH TIES
--- tsql
SELECT c.name, l.total FROM customers c CROSS APPLY (SELECT TOP 1 total FROM orders o WHERE o.customer_id = c.id ORDER BY total DESC) l ORDER BY c.id
--- as
SELECT c.name, l.total FROM customers c CROSS JOIN LATERAL (SELECT total FROM orders o WHERE o.customer_id = c.id ORDER BY total DESC LIMIT 1) l ORDER BY c.id
--- tsql refused
SELECT TOP 10 PERCENT id FROM orders
--- tsql refused
SELECT DATEPART(week, order_date) FROM orders
--- postgresql
SELECT "c"."name" AS customer, (SELECT COUNT(*) FROM orders o WHERE o.customer_id = c.id AND o.total > (SELECT AVG(total) FROM orders)) AS big FROM customers c ORDER BY c.id
--- postgresql
WITH best AS (SELECT customer_id, MAX(total) AS top FROM orders GROUP BY customer_id), named AS (SELECT b.*, c.name FROM best b JOIN customers c ON c.id = b.customer_id) SELECT name, top FROM named WHERE top >= 10::numeric ORDER BY top DESC
--- postgresql
SELECT /* SELECT ; DROP */ name -- the ; name
FROM customers WHERE name <> 'SELECT ''x''; -- no' AND name NOT LIKE '%``%' ORDER BY id
--- postgresql
SELECT 'größe – 日本 🎉'::text AS "Größe", name FROM customers WHERE name <> 'é' ORDER BY id
--- postgresql
SELECT status, SUM(total) AS revenue, SUM(SUM(total)) OVER () AS whole, RANK() OVER (ORDER BY SUM(total) DESC) AS place FROM orders GROUP BY status ORDER BY place
--- postgresql
SELECT EXTRACT(YEAR FROM order_date)::int AS y, COUNT(*) FILTER (WHERE qty > 2) AS big, ROUND(100.0 * COUNT(*) / SUM(COUNT(*)) OVER (), 1) AS share FROM orders GROUP BY y ORDER BY y
--- postgresql
SELECT CASE WHEN total > 50 THEN 'big' ELSE 'small' END AS size, COUNT(*) FROM orders GROUP BY size HAVING COUNT(*) > 1 ORDER BY size
--- postgresql
SELECT name FROM customers WHERE id IN (SELECT customer_id FROM orders WHERE order_date > '2024-01-01'::date) AND EXISTS (SELECT 1 FROM orders WHERE customer_id = customers.id) ORDER BY 1
--- mysql
SELECT c.name, COUNT(DISTINCT o.status) AS kinds FROM `customers` c LEFT JOIN `orders` o ON o.customer_id = c.id GROUP BY c.id ORDER BY kinds DESC, c.id LIMIT 2 OFFSET 1
--- mysql
SELECT `name`, CASE WHEN `vip` THEN 'yes' ELSE 'no' END AS v FROM `customers` ORDER BY `id`
--- mysql
SELECT status, ROUND(AVG(`total`), 2) AS mean, MAX(`qty`) FROM `orders` WHERE `qty` IS NOT NULL GROUP BY 1 HAVING mean > 5 ORDER BY 2
--- mysql
SELECT DATE(shipped_at) AS d, HOUR(shipped_at) AS h, EXTRACT(YEAR FROM order_date), QUARTER(order_date) FROM `orders` WHERE shipped_at IS NOT NULL ORDER BY id
--- mysql
SELECT COUNT(*) FROM `orders` WHERE note LIKE '%LO%' OR `status` IN ('open', 'returned')
--- mysql
SELECT `status`, `total` DIV 10 AS tens, COUNT(*) FROM `orders` GROUP BY `status`, tens ORDER BY `status`, tens
--- sqlite
SELECT strftime('%Y', order_date) AS year, SUM(total) FROM orders WHERE strftime('%Y', order_date) = '2024' GROUP BY 1
--- sqlite
SELECT datetime(shipped_at, '+1 hour'), date(shipped_at), strftime('%H', shipped_at) FROM orders WHERE shipped_at IS NOT NULL ORDER BY id
--- sqlite
SELECT name FROM customers WHERE vip = 1 AND IFNULL(country, '-') = 'DE' ORDER BY name
--- sqlite
SELECT CAST(SUM(status = 'shipped') AS REAL) / COUNT(*) AS share, 100.0 * SUM(qty > 2) / COUNT(*) AS big FROM orders
