SELECT * FROM customers
SELECT name FROM customers WHERE name = 'anna'
SELECT name FROM customers WHERE name <> 'anna'
SELECT id, name FROM customers WHERE name > 'Zoe' ORDER BY name, id
SELECT id, name FROM customers ORDER BY name DESC, id
SELECT id, country FROM customers ORDER BY country NULLS FIRST, id
SELECT id, amount FROM orders ORDER BY amount DESC NULLS LAST, id LIMIT 7
SELECT id FROM orders ORDER BY id LIMIT 5 OFFSET 10
SELECT id FROM orders ORDER BY id OFFSET 110
SELECT id, active FROM customers WHERE active ORDER BY id
SELECT id, active FROM customers WHERE active IS NOT TRUE ORDER BY id
SELECT id FROM customers WHERE name IN ('anna', 'ZOE', 'Łódź', 'back\slash')
SELECT id FROM orders WHERE customer_id IN (1, 2, 3, 5, 8, 13)
SELECT id FROM orders WHERE customer_id NOT IN (1, 2, 3, 5, 8, 13)
SELECT id, name FROM customers WHERE name LIKE 'a_b'
SELECT id, name FROM customers WHERE name LIKE '%a%' ORDER BY id
SELECT id, name FROM customers WHERE name LIKE 'a!_%' ESCAPE '!'
SELECT id, name FROM customers WHERE name LIKE '%\s%'
SELECT id, name FROM customers WHERE name NOT LIKE '[x]'
SELECT DISTINCT name FROM customers
SELECT DISTINCT country, active FROM customers
SELECT name, COUNT(*) AS n FROM customers GROUP BY name
SELECT country, COUNT(*) AS n, COUNT(name) AS named, COUNT(DISTINCT name) AS names FROM customers GROUP BY country
SELECT country, MIN(name) AS lo, MAX(name) AS hi FROM customers GROUP BY country ORDER BY country
SELECT country, COUNT(*) FILTER (WHERE active) AS n FROM customers GROUP BY country
SELECT customer_id, SUM(amount) AS total FROM orders GROUP BY customer_id HAVING SUM(amount) > 10000
SELECT AVG(amount) AS a, AVG(points) AS b, SUM(points) AS s FROM orders
SELECT customer_id, AVG(amount) AS a FROM orders GROUP BY customer_id
SELECT COUNT(*) AS n FROM orders WHERE day >= DATE '2026-06-01' AND day < DATE '2026-07-01'
SELECT EXTRACT(YEAR FROM day) AS y, EXTRACT(MONTH FROM day) AS m, SUM(amount) AS s FROM orders GROUP BY EXTRACT(YEAR FROM day), EXTRACT(MONTH FROM day)
SELECT id, amount * 2 AS twice, amount + 0.5 AS more, amount / 7 AS part FROM orders
SELECT id, points * 3 AS p, points + 1 AS q, points / 4 AS r FROM orders
SELECT id, quantity * 2 AS q FROM items JOIN orders ON order_id = id
SELECT o.id, c.name FROM orders o JOIN customers c ON o.customer_id = c.id
SELECT o.id, c.name FROM orders o LEFT JOIN customers c ON o.customer_id = c.id AND c.active
SELECT o.id, c.id AS cid FROM orders o RIGHT JOIN customers c ON o.customer_id = c.id
SELECT o.id, c.id AS cid FROM orders o FULL JOIN customers c ON o.customer_id = c.id
SELECT c.name, i.product FROM customers c JOIN items i ON c.name = i.product
SELECT c.country, SUM(i.quantity) AS q FROM customers c JOIN orders o ON o.customer_id = c.id JOIN items i ON i.order_id = o.id GROUP BY c.country ORDER BY q DESC, c.country
SELECT id FROM customers WHERE id IN (SELECT customer_id FROM orders WHERE amount > 5000)
SELECT id FROM customers WHERE id NOT IN (SELECT customer_id FROM orders)
SELECT id FROM customers WHERE id NOT IN (SELECT customer_id FROM orders WHERE customer_id IS NOT NULL)
SELECT id FROM customers c WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id AND o.amount < 0)
SELECT id FROM customers c WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id)
SELECT id FROM orders o WHERE amount > (SELECT AVG(amount) FROM orders)
SELECT id FROM orders o WHERE amount = (SELECT MAX(amount) FROM orders p WHERE p.customer_id = o.customer_id)
SELECT id, (SELECT COUNT(*) FROM orders o WHERE o.customer_id = c.id) AS n FROM customers c
SELECT name FROM customers UNION SELECT product FROM items
SELECT id FROM customers UNION ALL SELECT order_id FROM items
SELECT id FROM customers INTERSECT SELECT customer_id FROM orders
SELECT id FROM customers EXCEPT SELECT customer_id FROM orders
SELECT id FROM customers UNION ALL SELECT 99
SELECT id, ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY id) AS n FROM orders
SELECT id, RANK() OVER (ORDER BY amount DESC) AS r FROM orders
SELECT id, SUM(amount) OVER (PARTITION BY customer_id ORDER BY id) AS s FROM orders
SELECT id, SUM(points) OVER (ORDER BY id ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS s FROM orders
SELECT id, LAG(amount) OVER (ORDER BY id) AS l FROM orders
SELECT * FROM (SELECT id, ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY id DESC) AS n FROM orders) t WHERE n = 1
SELECT country, active, COUNT(*) AS n FROM customers GROUP BY ROLLUP (country, active)
SELECT country, GROUPING(country) AS g, COUNT(*) AS n FROM customers GROUP BY GROUPING SETS ((country), ())
SELECT CASE WHEN amount > 1000 THEN 'big' WHEN amount > 0 THEN 'small' ELSE 'none' END AS size, COUNT(*) AS n FROM orders GROUP BY CASE WHEN amount > 1000 THEN 'big' WHEN amount > 0 THEN 'small' ELSE 'none' END
SELECT COALESCE(name, 'nobody') AS n, name || '!' AS bang FROM customers
SELECT UPPER(name) AS u, id FROM customers WHERE id < 10
SELECT SUBSTRING(name, 1, 2) AS s, CHAR_LENGTH(name) AS n FROM customers
SELECT id FROM orders WHERE day < CURRENT_DATE - INTERVAL '100' DAY
SELECT id, seen FROM orders WHERE seen >= TIMESTAMP '2026-03-01 00:00:00' ORDER BY seen, id
SELECT * FROM (SELECT id, amount FROM orders ORDER BY amount LIMIT 10) t WHERE id > 20
SELECT id FROM orders WHERE amount IS NOT DISTINCT FROM NULL
SELECT COUNT(*) AS n FROM (SELECT DISTINCT customer_id, day FROM orders) t
SELECT id, TRIM(name) AS t, TRIM(LEADING 'a' FROM name) AS l, TRIM(TRAILING ' ' FROM name) AS r, POSITION('n' IN name) AS p FROM customers
SELECT id FROM customers WHERE TRIM(name) = 'a'
SELECT id FROM customers WHERE POSITION('a' IN name) > 1
SELECT id, points / 7 AS q, MOD(points, 7) AS m, points / -3 AS n, amount / 0.3 AS d, amount / -7 AS e FROM orders
SELECT customer_id, AVG(amount) AS a, AVG(points) AS p, AVG(amount / 3) AS d FROM orders GROUP BY customer_id HAVING AVG(amount) > 100 ORDER BY a DESC LIMIT 5
SELECT id FROM orders o WHERE amount > (SELECT AVG(p.amount) FROM orders p WHERE p.customer_id = o.customer_id)
SELECT AVG(amount) FILTER (WHERE points > 10) AS a, AVG(DISTINCT points) AS d, AVG(id) AS i FROM orders WHERE id < 0
SELECT AVG(amount) FILTER (WHERE points > 10) AS a, AVG(DISTINCT points) AS d, AVG(id) AS i FROM orders
SELECT customer_id, SUM(amount) / 7.0 AS w, SUM(points) / 7 AS p, SUM(amount) / 3 AS t FROM orders GROUP BY customer_id
