-- One-time codes: for a new account, or for a new password. Of a code only the hash is kept.
CREATE TABLE invitation (
    code BLOB PRIMARY KEY,            -- SHA-256 of the code, folded
    person INTEGER REFERENCES person (id), -- whose password; NULL for a new account
    role TEXT CHECK (role IN ('teacher', 'coordinator', 'technician')), -- of a new account
    made INTEGER NOT NULL,            -- seconds of the server's own age
    CHECK ((person IS NULL) <> (role IS NULL))
) STRICT, WITHOUT ROWID;

-- What people with an account did to accounts, in order. No pupil stands here.
CREATE TABLE event (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    day TEXT,                         -- on the wall of the school; NULL while the clock was wrong
    actor INTEGER REFERENCES person (id), -- NULL for the console
    what TEXT NOT NULL,
    subject INTEGER REFERENCES person (id)
) STRICT;
