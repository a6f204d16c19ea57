-- A shelf holds the articles of one scope. The counters are kept by triggers, so that
-- telling how much there is never means walking through it.
CREATE TABLE shelves (
    id INTEGER PRIMARY KEY AUTOINCREMENT CHECK (id < 1 << 19),
    scope TEXT NOT NULL UNIQUE,
    articles INTEGER NOT NULL DEFAULT 0,
    sentences INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Numbers are never given twice (AUTOINCREMENT): a button of last year must not reach the
-- article of today.
CREATE TABLE articles (
    id INTEGER PRIMARY KEY AUTOINCREMENT CHECK (id < 1 << 24),
    shelf_id INTEGER NOT NULL REFERENCES shelves (id) ON DELETE CASCADE,
    digest BLOB NOT NULL,
    title TEXT NOT NULL,
    date TEXT NOT NULL,
    url TEXT NOT NULL,
    author TEXT NOT NULL,
    language TEXT NOT NULL,
    added_by INTEGER NOT NULL,
    added_at INTEGER NOT NULL,
    sentence_count INTEGER NOT NULL CHECK (sentence_count BETWEEN 1 AND (1 << 20) - 1),
    UNIQUE (shelf_id, digest)
) STRICT;

CREATE INDEX articles_shelf ON articles (shelf_id, id);
CREATE INDEX articles_added_by ON articles (added_by);

-- An article as the rest of the program knows it.
CREATE VIEW sources AS
SELECT
    articles.id, scope, title, date, url, author, added_by, added_at, sentence_count, shelf_id
FROM articles JOIN shelves ON shelves.id = shelf_id;

-- The key of a sentence says whose it is: shelf, article and position from the highest bits
-- to the lowest (see keys.py). A shelf and an article are then each one range of keys, and a
-- search within them never looks at anybody else's words. Position 0 is the title.
CREATE TABLE sentences (
    key INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    start_offset INTEGER NOT NULL,
    end_offset INTEGER NOT NULL,
    text TEXT NOT NULL,
    CHECK ((key >> 20) & ((1 << 24) - 1) = article_id)
) STRICT;

CREATE INDEX sentences_article ON sentences (article_id);

CREATE VIEW titles_by_key AS
SELECT (shelf_id << 44) | (id << 20) AS key, title FROM articles;

CREATE VIEW passages AS
SELECT key, text FROM sentences
UNION ALL
SELECT key, title FROM titles_by_key;

-- For finding passages: stemmed.
CREATE VIRTUAL TABLE words USING fts5 (
    text,
    content = 'passages',
    content_rowid = 'key',
    tokenize = 'porter unicode61 remove_diacritics 2'
);

-- For completing a title while it is typed: unstemmed, with an index of beginnings.
CREATE VIRTUAL TABLE titles USING fts5 (
    title,
    content = 'titles_by_key',
    content_rowid = 'key',
    prefix = '1 2 3',
    tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TRIGGER articles_added AFTER INSERT ON articles BEGIN
    UPDATE shelves
    SET articles = articles + 1, sentences = sentences + new.sentence_count
    WHERE id = new.shelf_id;
    INSERT INTO words (rowid, text)
    VALUES ((new.shelf_id << 44) | (new.id << 20), new.title);
    INSERT INTO titles (rowid, title)
    VALUES ((new.shelf_id << 44) | (new.id << 20), new.title);
END;

CREATE TRIGGER articles_removed AFTER DELETE ON articles BEGIN
    UPDATE shelves
    SET articles = articles - 1, sentences = sentences - old.sentence_count
    WHERE id = old.shelf_id;
    INSERT INTO words (words, rowid, text)
    VALUES ('delete', (old.shelf_id << 44) | (old.id << 20), old.title);
    INSERT INTO titles (titles, rowid, title)
    VALUES ('delete', (old.shelf_id << 44) | (old.id << 20), old.title);
END;

CREATE TRIGGER sentences_added AFTER INSERT ON sentences BEGIN
    INSERT INTO words (rowid, text) VALUES (new.key, new.text);
END;

CREATE TRIGGER sentences_removed AFTER DELETE ON sentences BEGIN
    INSERT INTO words (words, rowid, text) VALUES ('delete', old.key, old.text);
END;
