-- What the server remembers about itself, by name.
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- Who is signed in. Times are seconds of the server's own age, which no clock sets back.
CREATE TABLE session (
    token BLOB PRIMARY KEY,           -- SHA-256 of what the browser holds
    person INTEGER NOT NULL REFERENCES person (id),
    own INTEGER NOT NULL CHECK (own IN (0, 1)), -- on a computer that is the person's alone
    started INTEGER NOT NULL,
    seen INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_of_person ON session (person);
