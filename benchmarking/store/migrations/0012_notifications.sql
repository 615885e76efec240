-- Who is told by e-mail what waits for them. An address is not identity: it is where somebody who
-- is known here already wants to be told, once a code that was sent there has come back.

CREATE TABLE notification_choice (
    person_id INTEGER PRIMARY KEY REFERENCES person (person_id),
    address TEXT NOT NULL,
    how_often TEXT NOT NULL CHECK (how_often IN ('off', 'daily', 'weekly')),
    confirmed_at TIMESTAMP,
    saved_at TIMESTAMP NOT NULL
);

-- A code that was sent to an address and has not come back; only its hash is kept. codes_sent
-- counts those of a day that began at counted_since, so that nobody can flood a stranger.
CREATE TABLE notification_code (
    person_id INTEGER PRIMARY KEY REFERENCES person (person_id),
    code_hash TEXT NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    tries INTEGER NOT NULL,
    codes_sent INTEGER NOT NULL,
    counted_since TIMESTAMP NOT NULL
);

-- What was sent: when, and a fingerprint of what was waiting; never what it said or to where.
-- sent_at is null while a process that claimed the sending is at it.
CREATE SEQUENCE notification_number;
CREATE TABLE notification_sent (
    notification_id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (person_id),
    fingerprint TEXT NOT NULL,
    claimed_at TIMESTAMP NOT NULL,
    sent_at TIMESTAMP
);
