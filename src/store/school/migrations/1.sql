-- People with an account: teachers, coordinators, technicians. Pupils have none here.
CREATE TABLE person (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,               -- as colleagues see it
    login TEXT NOT NULL UNIQUE,       -- as it is typed, folded
    role TEXT NOT NULL CHECK (role IN ('teacher', 'coordinator', 'technician')),
    password TEXT NOT NULL,           -- PHC string
    status TEXT NOT NULL CHECK (status IN ('active', 'disabled'))
) STRICT;
