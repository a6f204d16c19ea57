-- What is remembered of places: settings, chosen articles, and the log of checks.
-- Times are milliseconds since 1970, UTC.
CREATE TABLE preferences (
    scope TEXT PRIMARY KEY,
    language TEXT NOT NULL,
    private INTEGER NOT NULL CHECK (private IN (0, 1)),
    contributors TEXT NOT NULL,
    retention_days INTEGER NOT NULL CHECK (retention_days >= 0)
) STRICT;

CREATE TABLE channel_sources (
    scope TEXT NOT NULL,
    channel_id INTEGER NOT NULL,
    source_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    PRIMARY KEY (scope, channel_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX channel_sources_source ON channel_sources (source_id);

CREATE TABLE checks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    created_at INTEGER NOT NULL,
    scope TEXT NOT NULL,
    channel_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    claim TEXT NOT NULL,
    source_id INTEGER REFERENCES articles (id) ON DELETE SET NULL,
    judgement TEXT NOT NULL CHECK (json_valid(judgement))
) STRICT;

CREATE INDEX checks_created ON checks (created_at);
CREATE INDEX checks_scope ON checks (scope);
CREATE INDEX checks_user ON checks (user_id);
CREATE INDEX checks_source ON checks (source_id);

-- Feedback goes with its check: deleted with it, by hand or when its time is up.
CREATE TABLE feedback (
    check_id INTEGER NOT NULL REFERENCES checks (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    agrees INTEGER NOT NULL CHECK (agrees IN (0, 1)),
    right_verdict TEXT,
    why TEXT NOT NULL,
    PRIMARY KEY (check_id, user_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX feedback_user ON feedback (user_id);
