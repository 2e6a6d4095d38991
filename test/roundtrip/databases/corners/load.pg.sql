-- What PostgreSQL has that few use.
COMMENT ON SCHEMA public IS 'Of everything a bit';
CREATE COLLATION german (provider = icu, locale = 'de-DE');
CREATE TYPE float_span AS RANGE (subtype = float8, subtype_diff = float8mi);
CREATE TYPE pair AS (a integer, b text COLLATE "C");
COMMENT ON TYPE pair IS 'two';
CREATE DOMAIN tags AS text[] DEFAULT '{}' CHECK (cardinality(VALUE) < 10);
CREATE DOMAIN nested AS tags NOT NULL;
CREATE TABLE city (name text NOT NULL, population real, elevation integer CHECK (elevation > -500), CONSTRAINT not_dead CHECK (population >= 0) NO INHERIT);
CREATE TABLE capital (state char(2) UNIQUE NOT NULL) INHERITS (city);
CREATE TABLE named (label text DEFAULT 'none');
CREATE TABLE metropolis (name text NOT NULL DEFAULT 'big', lines integer) INHERITS (city, named);
CREATE TABLE typed OF pair (a WITH OPTIONS PRIMARY KEY);
CREATE TABLE types (
  a "char", b name, c oid, d bit(3), e bit varying(10), f varbit, g time with time zone, h timetz(2), i interval day to second(3), j interval, k money,
  l point, m box, n polygon, o circle, p line, q lseg, r path, s macaddr, t macaddr8, u cidr, v pg_lsn, w int4multirange, x float_span, y tsquery, z jsonpath,
  aa regclass, ab xml, ac char, ad char(5)[], ae numeric(3,0), af numeric(5,-2), ag varchar, ah timestamp(0), ai integer[3][4], aj pair[], al nested, am uuid[],
  an text COLLATE german, ao text COLLATE "C", ap int2vector, aq txid_snapshot, ar numrange DEFAULT '[1,2)', at smallint[] DEFAULT ARRAY[1, 2]::smallint[], au text DEFAULT E'tab\tand\\back''quote', av text DEFAULT U&'\0041', aw boolean DEFAULT (1 > 0), ax timestamptz(3) DEFAULT clock_timestamp(), ay date DEFAULT ('now'::text)::date, az text DEFAULT current_user
);
ALTER TABLE types ALTER COLUMN au SET STORAGE EXTERNAL;
ALTER TABLE types ALTER COLUMN an SET COMPRESSION pglz;
ALTER TABLE types ALTER COLUMN c SET (n_distinct = 100);
ALTER TABLE types REPLICA IDENTITY FULL;
CREATE TABLE a_ring (id integer PRIMARY KEY, b_id integer);
CREATE TABLE b_ring (id integer PRIMARY KEY, a_id integer REFERENCES a_ring ON DELETE RESTRICT);
ALTER TABLE a_ring ADD CONSTRAINT to_b FOREIGN KEY (b_id) REFERENCES b_ring ON UPDATE SET DEFAULT;
CREATE TABLE keyed (tenant integer, id integer, owner integer, other integer, PRIMARY KEY (tenant, id), UNIQUE NULLS NOT DISTINCT (owner), UNIQUE (other) INCLUDE (owner) DEFERRABLE, FOREIGN KEY (tenant, owner) REFERENCES keyed ON DELETE SET NULL (owner));
ALTER TABLE keyed ENABLE ROW LEVEL SECURITY;
ALTER TABLE keyed FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON keyed FOR SELECT USING (owner > 0);
COMMENT ON POLICY own ON keyed IS 'only theirs';
CREATE VIEW shown WITH (security_barrier=true, security_invoker=true) AS SELECT tenant, id FROM keyed WHERE owner > 1;
CREATE RECURSIVE VIEW numbers (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM numbers WHERE n < 100;
CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE FUNCTION add_up(VARIADIC numbers integer[] DEFAULT '{}') RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE PROCEDURE tidy(INOUT x integer) LANGUAGE plpgsql AS 'BEGIN x := 1; END';
CREATE AGGREGATE product(integer) (SFUNC = int4mul, STYPE = integer, INITCOND = '1');
COMMENT ON AGGREGATE product(integer) IS 'times';
CREATE TABLE watched (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, n integer DEFAULT add_up(1, 2), m integer CHECK (add_up(m) = 1), body text);
CREATE TRIGGER stamped AFTER UPDATE ON watched REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION stamp();
CREATE CONSTRAINT TRIGGER later AFTER INSERT ON watched DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION stamp();
ALTER TABLE watched DISABLE TRIGGER later;
CREATE RULE no_delete AS ON DELETE TO watched DO INSTEAD NOTHING;
COMMENT ON RULE no_delete ON watched IS 'they stay';
CREATE STATISTICS on_keys (dependencies) ON tenant, owner FROM keyed;
COMMENT ON STATISTICS on_keys IS 'they go together';
CREATE INDEX ON watched (body text_pattern_ops, (n + m) DESC);
CREATE INDEX part_expr ON watched ((body || 'x'), lower(body)) WHERE n IS NOT NULL AND body LIKE 'a%';
CREATE INDEX spgist ON types USING spgist (l);
CREATE UNIQUE INDEX replica ON a_ring (id);
ALTER TABLE a_ring REPLICA IDENTITY USING INDEX a_ring_pkey;
CREATE TABLE "Weird ""Name"" 🙂" ("a.b" integer PRIMARY KEY, "select" text, "__proto__" text, "it's" text DEFAULT '$$');
CREATE TABLE measurement (city_id int NOT NULL, logdate date NOT NULL, peak int) PARTITION BY RANGE (logdate, (city_id + 1));
CREATE TABLE measurement_y1 PARTITION OF measurement (peak DEFAULT 5 CHECK (peak < 1000)) FOR VALUES FROM ('2006-02-01', MINVALUE) TO ('2006-03-01', MAXVALUE) WITH (fillfactor = 50);
CREATE TABLE multi (id int, kind text) PARTITION BY LIST (lower(kind));
CREATE TABLE multi_ab PARTITION OF multi FOR VALUES IN ('a', 'b', NULL);
CREATE TABLE attached (kind text, id int);
ALTER TABLE multi ATTACH PARTITION attached FOR VALUES IN ('c');
