-- a condition on a table
SELECT user_account.id, user_account.name, user_account.fullname, user_account.score, user_account.active 
FROM user_account 
WHERE user_account.name = ?;

-- an entity lists its columns under bare names
SELECT user_account.id, user_account.name, user_account.fullname, user_account.score, user_account.active 
FROM user_account;

-- FROM holds every table referred to
SELECT address.email_address 
FROM address, user_account 
WHERE user_account.name = ? AND address.user_id = user_account.id;

-- a nested OR comes in parentheses, the outer AND does not
SELECT user_account.id 
FROM user_account 
WHERE (user_account.name = ? OR user_account.name = ?) AND user_account.id > ?;

-- NULL is asked for with IS
SELECT user_account.id 
FROM user_account 
WHERE user_account.fullname IS NULL AND user_account.name != ? AND user_account.fullname IS NOT NULL;

-- labels, functions, groups, order and limit
SELECT user_account.name AS nm, count(*) AS count_1, max(user_account.id) AS top 
FROM user_account 
WHERE user_account.id BETWEEN ? AND ? GROUP BY user_account.name 
HAVING count(*) > ? ORDER BY nm, count(*) DESC
 LIMIT ?, ?;

-- a limit or an offset alone
SELECT user_account.id 
FROM user_account 
WHERE EXISTS (SELECT address.id 
FROM address
 LIMIT ?)
 LIMIT ?, 18446744073709551615;

-- DISTINCT and a table without columns referred to
SELECT DISTINCT ? AS anon_1 
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
WHERE user_account.id IN (?, ?) AND user_account.name NOT IN (?) AND user_account.id NOT IN (SELECT NULL FROM DUAL WHERE 1 != 1);

-- subqueries leave out what the select around them reads
SELECT user_account.name, (SELECT count(address.id) AS count_1 
FROM address 
WHERE address.user_id = user_account.id) AS n 
FROM user_account 
WHERE user_account.id IN (SELECT address.user_id 
FROM address 
WHERE address.email_address LIKE ?);

-- text searches take wildcards literally and say so
SELECT address.id 
FROM address 
WHERE address.email_address LIKE ? ESCAPE '\\' OR address.email_address LIKE ? ESCAPE '\\' OR lower(address.email_address) LIKE lower(?);

-- arithmetic with as few parentheses as can be, and true division
SELECT (user_account.score + ?) * ? AS a, user_account.id * ? + ? - (user_account.id - ?) AS b, user_account.id / (? + 0E0) AS c, concat(user_account.name, ?, ?) AS d 
FROM user_account;

-- CASE, CAST, hand-written fragments and unusual functions
SELECT CASE WHEN user_account.id < ? THEN ? ELSE ? END AS `rank`, CAST(user_account.id AS CHAR) AS id, 1 + 1 AS two, printf(?, user_account.id) AS printf_1, coalesce(user_account.fullname, ?) AS coalesce_1, CURRENT_TIMESTAMP(6) AS now_1, count(DISTINCT user_account.name) AS count_1 
FROM user_account;

-- a table twice, and a select as a table
SELECT other.name, counted.n 
FROM user_account JOIN user_account AS other ON other.id > user_account.id LEFT OUTER JOIN (SELECT address.user_id, count(*) AS n 
FROM address 
WHERE address.id > ? GROUP BY address.user_id) AS counted ON counted.user_id = other.id;

-- names that need quotes
SELECT `order`.`buyer id`, `order`.`Seller` AS `select` 
FROM `order` 
WHERE `order`.`Seller` = ?;

-- tables without metadata, and text as a condition
SELECT some_table.x 
FROM some_table 
WHERE some_table.y > ? AND (x > ? OR x = 0);

-- columns named after their tables
SELECT address.id AS address_id, address.email_address AS address_email_address, address.user_id AS address_user_id 
FROM address 
WHERE ? = address.user_id;

-- INSERT of a row
INSERT INTO user_account (name, fullname) VALUES (?, ?);

-- INSERT without values takes every column
INSERT INTO address (id, email_address, user_id) VALUES (?, ?, ?);

-- INSERT of rows, returning
INSERT INTO user_account (name, score) VALUES (?, ?), (?, ?) RETURNING id, name AS nm;

-- INSERT of defaults alone
INSERT INTO user_account () VALUES ();

-- INSERT from a SELECT
-- mariadb has no ON CONFLICT; use prefixWith("IGNORE")

-- INSERT or update
-- mariadb has no ON CONFLICT; use onDuplicateKeyUpdate()

-- UPDATE
-- mariadb has no RETURNING for this statement; read the rows by their keys, in the same transaction

-- UPDATE with other tables in its condition and in a value
UPDATE user_account, address SET user_account.fullname=(SELECT min(a2.email_address) AS min_1 
FROM address AS a2 
WHERE a2.user_id = user_account.id) WHERE user_account.id = address.user_id AND address.email_address = ?;

-- UPDATE by named parameters
UPDATE user_account SET name=? WHERE user_account.id = ?;

-- UPDATE of everything
UPDATE user_account SET active=?;

-- DELETE
DELETE FROM user_account WHERE EXISTS (SELECT address.id 
FROM address 
WHERE address.user_id = user_account.id) AND user_account.id IN (?) RETURNING id;

-- DELETE of everything
DELETE FROM address;

-- text
UPDATE user_account SET name = ? WHERE id = ? AND ':id' != '\:x';
