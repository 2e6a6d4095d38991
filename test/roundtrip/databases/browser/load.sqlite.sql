-- The idioms of programs that keep their data in SQLite: browsers, mail, messengers.
CREATE TABLE moz_places (id INTEGER PRIMARY KEY, url LONGVARCHAR, title LONGVARCHAR, rev_host LONGVARCHAR, visit_count INTEGER DEFAULT 0, hidden INTEGER DEFAULT 0 NOT NULL, typed INTEGER DEFAULT 0 NOT NULL, frecency INTEGER DEFAULT -1 NOT NULL, last_visit_date INTEGER, guid TEXT, foreign_count INTEGER DEFAULT 0 NOT NULL, url_hash INTEGER DEFAULT 0 NOT NULL, description TEXT, preview_image_url TEXT, origin_id INTEGER REFERENCES moz_origins(id));
CREATE TABLE moz_origins ( id INTEGER PRIMARY KEY, prefix TEXT NOT NULL, host TEXT NOT NULL, frecency INTEGER NOT NULL, UNIQUE (prefix, host) );
CREATE TABLE moz_meta (key TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID ;
CREATE TABLE moz_bookmarks (id INTEGER PRIMARY KEY, type INTEGER, fk INTEGER DEFAULT NULL, parent INTEGER, position INTEGER, title LONGVARCHAR, keyword_id INTEGER, folder_type TEXT, dateAdded INTEGER, lastModified INTEGER, guid TEXT, syncStatus INTEGER NOT NULL DEFAULT 0);
CREATE INDEX moz_bookmarks_itemindex ON moz_bookmarks (fk, type);
CREATE UNIQUE INDEX moz_places_guid_uniqueindex ON moz_places (guid);
CREATE INDEX moz_places_hash ON moz_places(url_hash ASC);
CREATE TABLE meta(key LONGVARCHAR NOT NULL UNIQUE PRIMARY KEY, value LONGVARCHAR);
CREATE TABLE visits(id INTEGER PRIMARY KEY AUTOINCREMENT,url INTEGER NOT NULL,visit_time INTEGER NOT NULL,from_visit INTEGER,external_referrer_url TEXT,transition INTEGER DEFAULT 0 NOT NULL,incremented_omnibox_typed_score BOOLEAN DEFAULT FALSE NOT NULL, is_known_to_sync BOOLEAN DEFAULT TRUE NOT NULL);
CREATE TABLE keyword_search_terms (keyword_id INTEGER NOT NULL,url_id INTEGER NOT NULL,term LONGVARCHAR NOT NULL,normalized_term LONGVARCHAR NOT NULL);
CREATE TABLE [Order Details] ([Order ID] INT NOT NULL, `Product` "VARCHAR" (40) DEFAULT "none", Qty SMALLINT CHECK(Qty>0) DEFAULT(1), [group] TEXT, "index" INTEGER, PRIMARY KEY ([Order ID] DESC, `Product`), FOREIGN KEY ([Order ID]) REFERENCES nowhere(id));
CREATE TABLE dangling (id INTEGER PRIMARY KEY, gone_id INTEGER REFERENCES "Gone Table", other INTEGER CONSTRAINT to_missing REFERENCES moz_places(missing_column) ON DELETE CASCADE);
CREATE TABLE child (a INTEGER, b INTEGER, FOREIGN KEY (a, b) REFERENCES parent_ring(x, y) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE parent_ring (x INTEGER, y INTEGER, child INTEGER REFERENCES child(a), UNIQUE (x, y));
CREATE TABLE not_unique (id INTEGER PRIMARY KEY, host TEXT REFERENCES moz_origins(host));
CREATE TABLE kinds (a, b BIGINT UNSIGNED, c DOUBLE PRECISION, d NATIVE CHARACTER(70), e DECIMAL(10, 5), f VARYING CHARACTER(255), g "text", h INT8, i UNSIGNED BIG INT, j DATETIME DEFAULT (datetime('now','localtime')), k NUMERIC, l TIMESTAMP DEFAULT CURRENT_TIMESTAMP, m TEXT DEFAULT 'it''s' COLLATE NOCASE, n REAL DEFAULT 1e3, o BLOB DEFAULT x'00FF', p INTEGER DEFAULT +5, q TEXT DEFAULT "double", r TEXT NOT NULL DEFAULT '', s STRING, t ANY, u INTEGER DEFAULT 0x10, v BOOLEAN DEFAULT true, w TEXT CONSTRAINT w_set NOT NULL CONSTRAINT w_ok CHECK (w <> ''), x INT DEFAULT (-1), y TEXT CHECK (y GLOB '[a-z]*') CHECK (length(y) < 9));
CREATE TABLE strict_one (id INTEGER PRIMARY KEY, body ANY, t TEXT NOT NULL, i INT, b BLOB, r REAL CHECK (r BETWEEN 0 AND 1)) STRICT;
CREATE TABLE strict_key (k TEXT PRIMARY KEY COLLATE NOCASE, v INT) STRICT, WITHOUT ROWID;
CREATE TABLE descending (id INTEGER PRIMARY KEY DESC, name TEXT UNIQUE ON CONFLICT IGNORE);
CREATE TABLE int_key (id INT PRIMARY KEY, body TEXT);
CREATE TABLE long_key (id BIGINT PRIMARY KEY ON CONFLICT REPLACE, a INTEGER, b INTEGER, c TEXT, UNIQUE (a COLLATE NOCASE, b DESC), CONSTRAINT named UNIQUE (c) ON CONFLICT ROLLBACK);
CREATE TABLE computed (w INTEGER, h INTEGER, area INTEGER AS (w * h), diagonal REAL GENERATED ALWAYS AS (sqrt(w*w + h*h)) STORED NOT NULL, label TEXT AS (w || 'x' || h) VIRTUAL UNIQUE, js TEXT, city TEXT AS (js ->> '$.city'), CHECK (w > 0 OR (h > 0 AND area < 100)));
CREATE TABLE comments ( -- about comments
  id INTEGER PRIMARY KEY, /* the key */
  "a -- b" TEXT DEFAULT '/* no comment */', -- last
  c TEXT CHECK (c NOT LIKE '%--%') /* end */
);
CREATE VIRTUAL TABLE search USING fts5(title, body, content='moz_places', content_rowid='id', tokenize = 'porter unicode61');
CREATE VIRTUAL TABLE boxes USING rtree(id, min_x, max_x, +label TEXT);
CREATE VIRTUAL TABLE old_search USING fts4(subject, body, tokenize=porter);
CREATE TRIGGER places_ai AFTER INSERT ON moz_places BEGIN INSERT INTO search(rowid, title, body) VALUES (new.id, new.title, new.description); END;
CREATE TRIGGER touched AFTER UPDATE OF title, url ON moz_places WHEN old.title <> new.title BEGIN UPDATE moz_places SET last_visit_date = strftime('%s', 'now') WHERE id = new.id; SELECT RAISE(IGNORE); END;
CREATE VIEW visited AS SELECT p.id, p.url AS "the url", count(v.id) AS n FROM moz_places p LEFT JOIN visits v ON v.url = p.id GROUP BY p.id;
CREATE VIEW ranked (place, rank) AS WITH RECURSIVE c(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM c WHERE n < 5) SELECT visited.id, c.n FROM visited, c;
CREATE TRIGGER on_view INSTEAD OF INSERT ON visited BEGIN INSERT INTO moz_places(url) VALUES (new."the url"); END;
CREATE INDEX expr ON moz_places (length(url), (visit_count + 1) DESC, title COLLATE RTRIM) WHERE hidden = 0 AND title IS NOT NULL;
CREATE UNIQUE INDEX "quoted ""index""" ON [Order Details] ([group], "index");
INSERT INTO moz_places(url) VALUES ('a'), ('b');
INSERT INTO visits(url, visit_time) VALUES (1, 2);
ANALYZE;
ALTER TABLE visits ADD COLUMN later TEXT NOT NULL DEFAULT 'x' REFERENCES meta(key);
ALTER TABLE visits RENAME COLUMN transition TO "way in";
ALTER TABLE keyword_search_terms RENAME TO terms;
CREATE VIEW broken AS SELECT * FROM no_such_table;
