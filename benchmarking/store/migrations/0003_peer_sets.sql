-- Named lists of trusts that people compare with again and again. A set belongs to the people of
-- one trust, or (trust_code null) to one person. The trusts in it are real ones, by their code,
-- as published figures are; they are no trusts that assess themselves here.
-- What changes carries no index and refers to nothing, because rows of peer_set_trust point at
-- this table. Two sets of one owner never share a name, which the program sees to.

CREATE SEQUENCE peer_set_number;
CREATE TABLE peer_set (
    peer_set_id INTEGER PRIMARY KEY,
    trust_code TEXT REFERENCES organisation (code),
    owner_id INTEGER NOT NULL REFERENCES person (person_id),
    name TEXT NOT NULL CHECK (length(trim(name)) > 0),
    set_revision INTEGER NOT NULL CHECK (set_revision > 0),
    author_id INTEGER NOT NULL,
    saved_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP
);

-- Rows are only added. Those of the newest revision are the set.
CREATE TABLE peer_set_trust (
    peer_set_id INTEGER NOT NULL REFERENCES peer_set (peer_set_id),
    set_revision INTEGER NOT NULL,
    code TEXT NOT NULL CHECK (upper(code) NOT LIKE 'DEMO-%'),
    PRIMARY KEY (peer_set_id, set_revision, code)
);
