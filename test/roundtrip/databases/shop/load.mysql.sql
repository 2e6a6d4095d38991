-- The manner of Laravel, Magento and hand-made shops.
CREATE TABLE countries (code char(2) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, name varchar(100) NOT NULL COMMENT 'It''s "said" so', region enum('EU','US & CA','it''s') NOT NULL DEFAULT 'EU', flags set('a','b','c d') DEFAULT 'a,b', PRIMARY KEY (code)) COMMENT='Länder; with a ''quote''';
CREATE TABLE customers (
  id int(10) unsigned NOT NULL AUTO_INCREMENT, email varchar(255) NOT NULL, password varbinary(60) DEFAULT NULL, active tinyint(1) NOT NULL DEFAULT 1, level tinyint(3) unsigned NOT NULL DEFAULT 0, zip mediumint(5) unsigned zerofill DEFAULT NULL, balance decimal(12,4) unsigned NOT NULL DEFAULT 0.0000, score float DEFAULT 0, ratio double(16,4) DEFAULT NULL, part float(7,2) DEFAULT NULL, born year(4) DEFAULT NULL, mask bit(8) DEFAULT b'101', one bit(1) NOT NULL DEFAULT b'0', country char(2) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  token binary(16) DEFAULT NULL, uid uuid DEFAULT uuid(), ip inet6 DEFAULT NULL, notes mediumtext DEFAULT NULL, small tinytext, blobs tinyblob, body text DEFAULT 'none', extra longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT NULL CHECK (json_valid(extra)), doc json, 
  created_at timestamp NOT NULL DEFAULT current_timestamp(), updated_at timestamp NULL DEFAULT NULL ON UPDATE current_timestamp(), seen datetime(3) DEFAULT current_timestamp(3) ON UPDATE current_timestamp(3), opened time DEFAULT '08:00:00', full_name varchar(300) GENERATED ALWAYS AS (concat(email,' ',level)) VIRTUAL, domain varchar(100) GENERATED ALWAYS AS (substr(email, locate('@', email) + 1)) STORED COMMENT 'after the @', secret varchar(10) INVISIBLE DEFAULT 'x', packed text /*M!100301 COMPRESSED*/, slash varchar(10) DEFAULT 'a\\b\'c', rand int DEFAULT (floor(1 + 2)), neg int DEFAULT -5, big bigint(20) DEFAULT 9223372036854775807, d date DEFAULT (curdate() + interval 1 day), js longtext DEFAULT '{}',
  PRIMARY KEY (id), UNIQUE KEY email (email), KEY country (country), KEY domain (domain), KEY body_prefix (notes(20), email(10) DESC) COMMENT 'two', UNIQUE KEY uid (uid),
  CONSTRAINT positive CHECK (balance >= 0 and level < 100), CONSTRAINT customers_country_foreign FOREIGN KEY (country) REFERENCES countries (code) ON DELETE SET NULL ON UPDATE CASCADE
) ENGINE=InnoDB AUTO_INCREMENT=1000 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci ROW_FORMAT=DYNAMIC;
CREATE TABLE orders (id int NOT NULL, line smallint NOT NULL AUTO_INCREMENT, customer int unsigned NOT NULL, boss int unsigned, qty int CHECK (qty > 0), placed date NOT NULL, PRIMARY KEY (id, line), KEY line_idx (line), FOREIGN KEY (customer) REFERENCES customers (id) ON DELETE CASCADE, CONSTRAINT FOREIGN KEY (boss) REFERENCES customers (id) ON UPDATE NO ACTION ON DELETE RESTRICT);
CREATE TABLE order_notes (id int auto_increment primary key, order_id int not null, line smallint not null, note text, foreign key (order_id, line) references orders (id, line));
CREATE TABLE tree (id bigint unsigned auto_increment primary key, parent bigint unsigned, name varchar(50), constraint tree_parent foreign key (parent) references tree (id) on delete cascade, index by_parent_name (parent, name));
CREATE TABLE ring_a (id int primary key, b int, key b (b));
CREATE TABLE ring_b (id int primary key, a int, constraint to_a foreign key (a) references ring_a (id));
ALTER TABLE ring_a ADD CONSTRAINT to_b FOREIGN KEY (b) REFERENCES ring_b (id);
CREATE TABLE places (id int primary key, at point NOT NULL, area polygon DEFAULT NULL, shape geometry, srs point REF_SYSTEM_ID=4326, SPATIAL KEY at (at)) ENGINE=Aria;
CREATE TABLE sales (id int NOT NULL, sold date NOT NULL, amount decimal(8,2), PRIMARY KEY (id, sold)) PARTITION BY RANGE (year(sold)) (PARTITION p2020 VALUES LESS THAN (2021), PARTITION p2021 VALUES LESS THAN (2022) COMMENT = 'x', PARTITION pmax VALUES LESS THAN MAXVALUE);
CREATE TABLE hashed (id int PRIMARY KEY, n int) PARTITION BY HASH (id) PARTITIONS 4;
CREATE TABLE keyed (id int PRIMARY KEY) PARTITION BY KEY (id) PARTITIONS 2;
CREATE TABLE listed (id int, region varchar(5)) PARTITION BY LIST COLUMNS (region) (PARTITION e VALUES IN ('a','b'), PARTITION other DEFAULT);
CREATE TABLE cache (k varchar(20) primary key, v varbinary(100)) ENGINE=MEMORY;
CREATE TABLE versioned (id int primary key, price decimal(8,2), note text WITHOUT SYSTEM VERSIONING) WITH SYSTEM VERSIONING;
CREATE TABLE versioned_named (id int, x int, row_start timestamp(6) GENERATED ALWAYS AS ROW START, row_end timestamp(6) GENERATED ALWAYS AS ROW END, PERIOD FOR SYSTEM_TIME (row_start, row_end), PRIMARY KEY (id, row_end)) WITH SYSTEM VERSIONING;
CREATE SEQUENCE counter START WITH 100 MINVALUE 10 MAXVALUE 5000 INCREMENT BY 10 CACHE 50 CYCLE;
CREATE TABLE counted (id bigint NOT NULL DEFAULT nextval(counter), n int);
CREATE TABLE `we``ird "x"` (`a b` int primary key, `select` text, `a.b` int, `日本` varchar(5) default 'é');
CREATE VIEW rich AS SELECT id, email, balance * 2 AS twice FROM customers WHERE balance > 10 WITH CASCADED CHECK OPTION;
CREATE ALGORITHM=MERGE SQL SECURITY INVOKER VIEW by_country (code, total) AS SELECT country, count(*) FROM customers GROUP BY country;
CREATE VIEW on_view AS SELECT r.email, ' - ' AS dash, t.total FROM rich r JOIN by_country t ON t.code IS NOT NULL;
CREATE TRIGGER before_customer BEFORE INSERT ON customers FOR EACH ROW SET NEW.level = 1;
DELIMITER //
CREATE FUNCTION twice(n int) RETURNS int DETERMINISTIC BEGIN RETURN n * 2; END//
CREATE PROCEDURE tidy(IN days int, OUT done int) BEGIN DELETE FROM cache; SET done = 1; END//
CREATE EVENT sweep ON SCHEDULE EVERY 1 DAY STARTS '2024-01-01 00:00:00' DO BEGIN DELETE FROM cache; END//
DELIMITER ;
