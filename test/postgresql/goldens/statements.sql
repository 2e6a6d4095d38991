-- a condition on a table
SELECT user_account.id, user_account.name, user_account.fullname, user_account.score, user_account.active 
FROM user_account 
WHERE user_account.name = $1;

-- an entity lists its columns under bare names
SELECT user_account.id, user_account.name, user_account.fullname, user_account.score, user_account.active 
FROM user_account;

-- FROM holds every table referred to
SELECT address.email_address 
FROM address, user_account 
WHERE user_account.name = $1 AND address.user_id = user_account.id;

-- a nested OR comes in parentheses, the outer AND does not
SELECT user_account.id 
FROM user_account 
WHERE (user_account.name = $1 OR user_account.name = $2) AND user_account.id > $3::integer;

-- NULL is asked for with IS
SELECT user_account.id 
FROM user_account 
WHERE user_account.fullname IS NULL AND user_account.name != $1 AND user_account.fullname IS NOT NULL;

-- labels, functions, groups, order and limit
SELECT user_account.name AS nm, count(*) AS count_1, max(user_account.id) AS top 
FROM user_account 
WHERE user_account.id BETWEEN $1::integer AND $2::integer GROUP BY user_account.name 
HAVING count(*) > $3::integer ORDER BY nm, count(*) DESC NULLS LAST
 LIMIT $4 OFFSET $5;

-- a limit or an offset alone
SELECT user_account.id 
FROM user_account 
WHERE EXISTS (SELECT address.id 
FROM address
 LIMIT $1)
 LIMIT ALL OFFSET $2;

-- DISTINCT and a table without columns referred to
SELECT DISTINCT $1::integer AS anon_1 
FROM user_account;

-- a join on the foreign key
SELECT user_account.name, address.email_address 
FROM user_account JOIN address ON user_account.id = address.user_id;

-- a join by a relationship, then an alias with its own condition
SELECT user_account.id, user_account.name, user_account.fullname, user_account.score, user_account.active, address.id, address.email_address, address.user_id, a2.email_address 
FROM user_account JOIN address ON user_account.id = address.user_id LEFT OUTER JOIN address AS a2 ON a2.user_id = user_account.id AND a2.id > address.id;

-- lists widen to their values
SELECT user_account.id 
FROM user_account 
WHERE user_account.id = ANY ($1::integer[]) AND user_account.name != ALL ($2) AND user_account.id != ALL ($3::integer[]);

-- subqueries leave out what the select around them reads
SELECT user_account.name, (SELECT count(address.id) AS count_1 
FROM address 
WHERE address.user_id = user_account.id) AS n 
FROM user_account 
WHERE user_account.id IN (SELECT address.user_id 
FROM address 
WHERE address.email_address LIKE $1);

-- text searches take wildcards literally and say so
SELECT address.id 
FROM address 
WHERE address.email_address LIKE $1 ESCAPE '\' OR address.email_address LIKE $2 ESCAPE '\' OR address.email_address ILIKE $3;

-- arithmetic with as few parentheses as can be, and true division
SELECT (user_account.score + $1::integer) * $2::integer AS a, user_account.id * $3::integer + $4::integer - (user_account.id - $5::integer) AS b, user_account.id / CAST($6::integer AS NUMERIC) AS c, user_account.name || $7 || $8 AS d 
FROM user_account;

-- CASE, CAST, hand-written fragments and unusual functions
SELECT CASE WHEN user_account.id < $1::integer THEN $2 ELSE $3 END AS rank, CAST(user_account.id AS TEXT) AS id, 1 + 1 AS two, printf($4, user_account.id) AS printf_1, coalesce(user_account.fullname, $5) AS coalesce_1, now() AS now_1, count(DISTINCT user_account.name) AS count_1 
FROM user_account;

-- a table twice, and a select as a table
SELECT other.name, counted.n 
FROM user_account JOIN user_account AS other ON other.id > user_account.id LEFT OUTER JOIN (SELECT address.user_id, count(*) AS n 
FROM address 
WHERE address.id > $1::integer GROUP BY address.user_id) AS counted ON counted.user_id = other.id;

-- names that need quotes
SELECT "order"."buyer id", "order"."Seller" AS "select" 
FROM "order" 
WHERE "order"."Seller" = $1::integer;

-- tables without metadata, and text as a condition
SELECT some_table.x 
FROM some_table 
WHERE some_table.y > $1 AND (x > $2::integer OR x = 0);

-- columns named after their tables
SELECT address.id AS address_id, address.email_address AS address_email_address, address.user_id AS address_user_id 
FROM address 
WHERE $1::integer = address.user_id;

-- INSERT of a row
INSERT INTO user_account (name, fullname) VALUES ($1, $2) RETURNING id;

-- INSERT without values takes every column
INSERT INTO address (id, email_address, user_id) VALUES ($1::integer, $2, $3::integer);

-- INSERT of rows, returning
INSERT INTO user_account (name, score) VALUES ($1, $2::integer), ($3, $4::integer) RETURNING id, name AS nm;

-- INSERT of defaults alone
INSERT INTO user_account DEFAULT VALUES RETURNING id;

-- INSERT from a SELECT
INSERT INTO address (email_address, user_id) SELECT user_account.name || $1 AS anon_1, user_account.id 
FROM user_account 
WHERE user_account.id < $2::integer ON CONFLICT DO NOTHING;

-- INSERT or update
INSERT INTO user_account (id, name) VALUES ($1::integer, $2) ON CONFLICT (id) DO UPDATE SET name = excluded.name, score = user_account.score + $3::integer, fullname = $4 WHERE user_account.name != excluded.name RETURNING id, name, fullname, score, active;

-- UPDATE
UPDATE user_account SET fullname=$1, score=user_account.score + $2::integer WHERE user_account.name = $3 RETURNING score;

-- UPDATE with other tables in its condition and in a value
UPDATE user_account SET fullname=(SELECT min(a2.email_address) AS min_1 
FROM address AS a2 
WHERE a2.user_id = user_account.id) FROM address WHERE user_account.id = address.user_id AND address.email_address = $1;

-- UPDATE by named parameters
UPDATE user_account SET name=$1 WHERE user_account.id = $2;

-- UPDATE of everything
UPDATE user_account SET active=$1::boolean;

-- DELETE
DELETE FROM user_account WHERE EXISTS (SELECT address.id 
FROM address 
WHERE address.user_id = user_account.id) AND user_account.id = ANY ($1::integer[]) RETURNING id;

-- DELETE of everything
DELETE FROM address;

-- text
UPDATE user_account SET name = $1 WHERE id = $2::integer AND ':id' != '\:x';
