-- One row for each time that somebody signed in. session_id is a hash of what the sign-in service
-- said (issuer, subject, when, nonce) or of what the cookie of a demonstration holds, so that
-- a cookie from before is known again, and nothing here can be used to make one.
-- A person who is known by a row here can have signed out; the cookie cannot be taken back.
CREATE TABLE session (
    session_id TEXT PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (person_id),
    begun_at TIMESTAMP NOT NULL,
    seen_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP,
    ending TEXT CHECK (ending IN ('signed out', 'idle', 'too long')),
    CHECK ((ended_at IS NULL) = (ending IS NULL))
);
