-- Bringing replies by file. What a file of a trust's own survey holds, under a name. A mapping
-- is never changed: the newest of a name stands.
CREATE SEQUENCE survey_mapping_number;
CREATE TABLE survey_mapping (
    mapping_id INTEGER PRIMARY KEY,
    organisation_id INTEGER NOT NULL REFERENCES organisation (organisation_id),
    standard_id TEXT NOT NULL,
    name TEXT NOT NULL,
    mapping TEXT NOT NULL,
    author_id INTEGER NOT NULL,
    saved_at TIMESTAMP NOT NULL
);

-- What a file came to, for one trust and period: how many replies were added, corrected and
-- known already, and how many rows were left out.
CREATE TABLE survey_brought (
    batch INTEGER PRIMARY KEY,
    organisation_id SMALLINT NOT NULL,
    period SMALLINT NOT NULL,
    added INTEGER NOT NULL,
    corrected INTEGER NOT NULL,
    same INTEGER NOT NULL,
    left_out INTEGER NOT NULL
);

-- What the ids of replies are digested with. It stays for good: with another one, every reply
-- that comes again would be taken for a new one.
CREATE TABLE survey_key (
    survey_key_id SMALLINT PRIMARY KEY CHECK (survey_key_id = 1),
    digest_key TEXT NOT NULL
);

-- Whose single replies of a period were purged. The roll-up stays; no file can be held against
-- it any more.
CREATE TABLE survey_purged (
    organisation_id SMALLINT NOT NULL,
    period SMALLINT NOT NULL,
    purged_at TIMESTAMP NOT NULL,
    PRIMARY KEY (organisation_id, period)
);
