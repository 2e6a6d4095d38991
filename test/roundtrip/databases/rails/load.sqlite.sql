-- What Rails 8 writes on SQLite, Active Storage and Solid Queue among it.
CREATE TABLE IF NOT EXISTS "schema_migrations" ("version" varchar NOT NULL PRIMARY KEY);
CREATE TABLE IF NOT EXISTS "ar_internal_metadata" ("key" varchar NOT NULL PRIMARY KEY, "value" varchar, "created_at" datetime(6) NOT NULL, "updated_at" datetime(6) NOT NULL);
CREATE TABLE IF NOT EXISTS "active_storage_blobs" ("id" integer PRIMARY KEY AUTOINCREMENT NOT NULL, "key" varchar NOT NULL, "filename" varchar NOT NULL, "content_type" varchar, "metadata" text, "service_name" varchar NOT NULL, "byte_size" bigint NOT NULL, "checksum" varchar, "created_at" datetime(6) NOT NULL);
CREATE UNIQUE INDEX "index_active_storage_blobs_on_key" ON "active_storage_blobs" ("key") /*application='Shop'*/;
CREATE TABLE IF NOT EXISTS "active_storage_attachments" ("id" integer PRIMARY KEY AUTOINCREMENT NOT NULL, "name" varchar NOT NULL, "record_type" varchar NOT NULL, "record_id" bigint NOT NULL, "blob_id" bigint NOT NULL, "created_at" datetime(6) NOT NULL, CONSTRAINT "fk_rails_c3b3935057"
FOREIGN KEY ("blob_id")
  REFERENCES "active_storage_blobs" ("id")
);
CREATE TABLE IF NOT EXISTS "products" ("id" integer PRIMARY KEY AUTOINCREMENT NOT NULL, "name" varchar DEFAULT 'thing' COLLATE "NOCASE", "price" decimal(10,2) DEFAULT '0.0' NOT NULL, "featured" boolean DEFAULT 0 NOT NULL, "options" json DEFAULT '{}', "published_on" date, "opens" time, "uuid" varchar(36) DEFAULT (lower(hex(randomblob(16)))), "lock_version" integer DEFAULT 0, "ratio" float DEFAULT 1.0, "total" decimal(10,2) GENERATED ALWAYS AS (price * 2) VIRTUAL, "made" datetime(6) DEFAULT CURRENT_TIMESTAMP NOT NULL, "image" blob, "parent_id" integer, CONSTRAINT "fk_rails_9447a94157" FOREIGN KEY ("parent_id") REFERENCES "products" ("id") ON DELETE SET NULL ON UPDATE CASCADE, CONSTRAINT price_check CHECK (price >= 0));
CREATE INDEX "index_products_on_name" ON "products" ("name" COLLATE NOCASE DESC);
CREATE INDEX "index_products_featured" ON "products" ("price") WHERE featured = 1;
CREATE INDEX "index_products_json" ON "products" (json_extract(options, '$.color'));
CREATE TABLE "tags_things" ("tag_id" integer NOT NULL, "thing_id" integer NOT NULL);
CREATE TABLE versions(id INTEGER PRIMARY KEY AUTOINCREMENT, item_type TEXT(191) NOT NULL, item_id INTEGER(8) NOT NULL, object CLOB, "created_at" DATETIME);
CREATE VIEW cheap AS SELECT id, name, price FROM products WHERE price < 5;
CREATE VIEW named_columns (product, cost) AS SELECT name, price FROM products -- with a comment
;
