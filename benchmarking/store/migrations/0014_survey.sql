-- What people who complained answered. A period is a cycle, and an item of an instrument has a
-- number, so that the rows of answers are narrow: SMALLINT is as fast as it gets on DuckDB, and
-- runs on PostgreSQL, too.
CREATE TABLE survey_period (
    period SMALLINT PRIMARY KEY,
    cycle_id TEXT NOT NULL UNIQUE REFERENCES cycle (cycle_id)
);

-- Answers 1 to top have a value, those from agrees_from on agree; higher ones say why there is
-- none. Item 0 is the reply itself, so that replies are counted as their answers are.
CREATE TABLE survey_item (
    item SMALLINT PRIMARY KEY,
    standard_id TEXT NOT NULL,
    item_id TEXT NOT NULL,
    agrees_from SMALLINT NOT NULL,
    top SMALLINT NOT NULL,
    UNIQUE (standard_id, item_id)
);
INSERT INTO survey_item VALUES (0, '', 'reply', 1, 1);

-- How many people were asked: by invitations made here, or as the trust says of its own survey.
-- Rows are only added; a correction is a row that takes some away.
CREATE SEQUENCE survey_sending_number;
CREATE TABLE survey_sending (
    sending_id INTEGER PRIMARY KEY,
    organisation_id INTEGER NOT NULL REFERENCES organisation (organisation_id),
    cycle_id TEXT NOT NULL REFERENCES cycle (cycle_id),
    way TEXT NOT NULL CHECK (way IN ('elsewhere', 'here')),
    closed_from DATE NOT NULL,
    closed_to DATE NOT NULL,
    invited INTEGER NOT NULL,
    author_id INTEGER NOT NULL REFERENCES person (person_id),
    sent_at TIMESTAMP NOT NULL,
    CHECK (closed_from <= closed_to)
);

-- What came in at once: a file, or one reply given here. The order of batches is the order in
-- which results may move. A reply given here has the day, and neither hour nor author.
CREATE SEQUENCE survey_batch_number;
CREATE TABLE survey_batch (
    batch INTEGER PRIMARY KEY,
    way TEXT NOT NULL CHECK (way IN ('elsewhere', 'here')),
    standard_id TEXT NOT NULL,
    edition TEXT NOT NULL,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    author_id INTEGER,
    added_at TIMESTAMP NOT NULL
);

-- Replies of files that a trust brought itself, so that the same reply is not counted twice and
-- a corrected one is. reply_key is a digest, never the id in the file. answers has a character
-- for each item of the instrument, in its order.
CREATE TABLE survey_reply (
    organisation_id SMALLINT NOT NULL,
    period SMALLINT NOT NULL,
    reply_key TEXT NOT NULL,
    answers TEXT NOT NULL,
    batch INTEGER NOT NULL,
    PRIMARY KEY (organisation_id, period, reply_key)
);

-- Single answers; nothing is ever changed. sign is -1 where a correction takes an answer back.
CREATE TABLE response (
    organisation_id SMALLINT NOT NULL,
    period SMALLINT NOT NULL,
    item SMALLINT NOT NULL,
    answer SMALLINT NOT NULL,
    sign SMALLINT NOT NULL,
    batch INTEGER NOT NULL
);

-- The roll-up, written with the answers: how many agree of how many, in the waves in which
-- results may move. Wave 0 is what waits to fill the next one, and alone ever changes. Files and
-- replies given here fill waves of their own: who brought a file could take it away from a wave.
CREATE TABLE response_wave (
    organisation_id SMALLINT NOT NULL,
    period SMALLINT NOT NULL,
    item SMALLINT NOT NULL,
    way TEXT NOT NULL CHECK (way IN ('elsewhere', 'here')),
    wave SMALLINT NOT NULL,
    part INTEGER NOT NULL,
    out_of INTEGER NOT NULL,
    PRIMARY KEY (organisation_id, period, item, way, wave)
);
