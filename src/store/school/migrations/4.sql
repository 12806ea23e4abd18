-- What teachers made. A version is never changed once it was shown; what pupils see is `served`.
CREATE TABLE submission (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    slug TEXT NOT NULL UNIQUE,        -- its name in an address, once it has been published
    owner INTEGER NOT NULL REFERENCES person (id),
    genre TEXT NOT NULL,
    state TEXT NOT NULL,
    newest INTEGER NOT NULL,          -- number of the newest version
    served INTEGER,                   -- number of the version that is shown; NULL for none
    revision INTEGER NOT NULL         -- grows with every change: two editors notice each other
) STRICT;

CREATE TABLE version (
    submission INTEGER NOT NULL REFERENCES submission (id),
    number INTEGER NOT NULL,
    author INTEGER NOT NULL REFERENCES person (id),
    work TEXT NOT NULL,               -- JSON
    shown INTEGER NOT NULL DEFAULT 0, -- whether it was ever published: then it stays as it is
    PRIMARY KEY (submission, number)
) STRICT, WITHOUT ROWID;

-- Files of a version; what is in them lies beside the database, under its SHA-256.
CREATE TABLE file (
    submission INTEGER NOT NULL,
    number INTEGER NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    hash TEXT NOT NULL,
    size INTEGER NOT NULL,
    PRIMARY KEY (submission, number, position),
    FOREIGN KEY (submission, number) REFERENCES version (submission, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX file_hash ON file (hash);

-- What colleagues say about it.
CREATE TABLE remark (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    submission INTEGER NOT NULL REFERENCES submission (id),
    author INTEGER NOT NULL REFERENCES person (id),
    day TEXT,
    kind TEXT NOT NULL,               -- comment, thanks, return
    text TEXT NOT NULL
) STRICT;

-- "This is wrong or hurts somebody", from whoever reads. Nothing tells who it was.
CREATE TABLE report (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    resource TEXT NOT NULL,
    reason TEXT NOT NULL,
    text TEXT NOT NULL,
    open INTEGER NOT NULL DEFAULT 1
) STRICT;

-- Resources that nobody is shown, whatever shelf they come from.
CREATE TABLE hidden (
    resource TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- How often a resource was opened. No more is counted.
CREATE TABLE tally (
    resource TEXT PRIMARY KEY,
    seen INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

ALTER TABLE event ADD COLUMN resource TEXT;
