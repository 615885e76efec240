-- Keys carry the organisation, so that a PostgreSQL cluster such as Citus can spread tables by trust
-- (docs/deployment.md). A table's own number comes first in its key: it is what one row is looked up
-- by. DuckDB cannot change a key, so each table is made anew and takes the old one's name. Nothing
-- refers to these tables. Shared tables stay as they are; tests/store/test_keys.py names them all.

CREATE TABLE evidence_by_trust (
    evidence_id TEXT NOT NULL,
    organisation_id INTEGER NOT NULL REFERENCES organisation (organisation_id),
    cycle_id TEXT NOT NULL REFERENCES cycle (cycle_id),
    scope TEXT NOT NULL,
    revision INTEGER NOT NULL,
    standard_id TEXT NOT NULL,
    item_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    note TEXT NOT NULL,
    link TEXT NOT NULL,
    records_available INTEGER,
    records_drawn INTEGER,
    at_random BOOLEAN,
    replies INTEGER,
    period_from DATE,
    period_to DATE,
    checked_by TEXT,
    checked_on DATE,
    complainants_involved BOOLEAN,
    author_id INTEGER NOT NULL REFERENCES person (person_id),
    saved_at TIMESTAMP NOT NULL,
    category TEXT,
    dated_on DATE,
    reviewed_by TEXT DEFAULT '',
    reviewed_on DATE,
    may_be_shared BOOLEAN DEFAULT FALSE,
    file_sha256 TEXT DEFAULT '',
    file_name TEXT DEFAULT '',
    file_type TEXT DEFAULT '',
    file_size INTEGER,
    file_may_identify BOOLEAN DEFAULT FALSE,
    PRIMARY KEY (evidence_id, organisation_id)
);
INSERT INTO evidence_by_trust (
    evidence_id, organisation_id, cycle_id, scope, revision, standard_id, item_id, kind, title,
    note, link, records_available, records_drawn, at_random, replies, period_from, period_to,
    checked_by, checked_on, complainants_involved, author_id, saved_at, category, dated_on,
    reviewed_by, reviewed_on, may_be_shared, file_sha256, file_name, file_type, file_size,
    file_may_identify
)
SELECT
    evidence_id, organisation_id, cycle_id, scope, revision, standard_id, item_id, kind, title,
    note, link, records_available, records_drawn, at_random, replies, period_from, period_to,
    checked_by, checked_on, complainants_involved, author_id, saved_at, category, dated_on,
    reviewed_by, reviewed_on, may_be_shared, file_sha256, file_name, file_type, file_size,
    file_may_identify
FROM evidence;
DROP TABLE evidence;
ALTER TABLE evidence_by_trust RENAME TO evidence;

CREATE TABLE trust_action_by_trust (
    action_id INTEGER NOT NULL,
    organisation_id INTEGER NOT NULL REFERENCES organisation (organisation_id),
    scope TEXT NOT NULL,
    action_text TEXT NOT NULL CHECK (length(trim(action_text)) > 0),
    owner_id INTEGER REFERENCES person (person_id),
    owner_role TEXT NOT NULL,
    due_on DATE,
    status TEXT NOT NULL CHECK (status IN ('open', 'in_progress', 'done', 'dropped')),
    target_level TEXT,
    target_cycle TEXT NOT NULL,
    made_in TEXT NOT NULL REFERENCES cycle (cycle_id),
    action_revision INTEGER NOT NULL CHECK (action_revision > 0),
    author_id INTEGER NOT NULL REFERENCES person (person_id),
    saved_at TIMESTAMP NOT NULL,
    PRIMARY KEY (action_id, organisation_id)
);
INSERT INTO trust_action_by_trust (
    action_id, organisation_id, scope, action_text, owner_id, owner_role, due_on, status,
    target_level, target_cycle, made_in, action_revision, author_id, saved_at
)
SELECT
    action_id, organisation_id, scope, action_text, owner_id, owner_role, due_on, status,
    target_level, target_cycle, made_in, action_revision, author_id, saved_at
FROM trust_action;
DROP TABLE trust_action;
ALTER TABLE trust_action_by_trust RENAME TO trust_action;

CREATE TABLE practice_example_by_trust (
    example_id INTEGER NOT NULL,
    organisation_id INTEGER NOT NULL REFERENCES organisation (organisation_id),
    standard_id TEXT NOT NULL,
    item_id TEXT NOT NULL,
    cycle_id TEXT NOT NULL REFERENCES cycle (cycle_id),
    choice TEXT NOT NULL,
    title TEXT NOT NULL CHECK (length(trim(title)) > 0),
    what_we_do TEXT NOT NULL CHECK (length(trim(what_we_do)) > 0),
    what_it_took TEXT NOT NULL,
    what_changed TEXT NOT NULL,
    contact_role TEXT NOT NULL,
    link TEXT NOT NULL,
    example_revision INTEGER NOT NULL,
    author_id INTEGER NOT NULL REFERENCES person (person_id),
    offered_at TIMESTAMP NOT NULL,
    saved_at TIMESTAMP NOT NULL,
    withdrawn_at TIMESTAMP,
    PRIMARY KEY (example_id, organisation_id)
);
INSERT INTO practice_example_by_trust (
    example_id, organisation_id, standard_id, item_id, cycle_id, choice, title, what_we_do,
    what_it_took, what_changed, contact_role, link, example_revision, author_id, offered_at,
    saved_at, withdrawn_at
)
SELECT
    example_id, organisation_id, standard_id, item_id, cycle_id, choice, title, what_we_do,
    what_it_took, what_changed, contact_role, link, example_revision, author_id, offered_at,
    saved_at, withdrawn_at
FROM practice_example;
DROP TABLE practice_example;
ALTER TABLE practice_example_by_trust RENAME TO practice_example;

CREATE TABLE practice_use_by_trust (
    use_id INTEGER NOT NULL,
    example_id INTEGER NOT NULL,
    organisation_id INTEGER NOT NULL REFERENCES organisation (organisation_id),
    stage TEXT NOT NULL CHECK (stage IN ('trying', 'using')),
    happened TEXT NOT NULL,
    helpful BOOLEAN,
    use_revision INTEGER NOT NULL,
    author_id INTEGER NOT NULL REFERENCES person (person_id),
    began_at TIMESTAMP NOT NULL,
    saved_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP,
    PRIMARY KEY (use_id, organisation_id)
);
INSERT INTO practice_use_by_trust (
    use_id, example_id, organisation_id, stage, happened, helpful, use_revision, author_id,
    began_at, saved_at, ended_at
)
SELECT
    use_id, example_id, organisation_id, stage, happened, helpful, use_revision, author_id,
    began_at, saved_at, ended_at
FROM practice_use;
DROP TABLE practice_use;
ALTER TABLE practice_use_by_trust RENAME TO practice_use;

CREATE TABLE legal_hold_by_trust (
    hold_id INTEGER NOT NULL,
    organisation_id INTEGER NOT NULL REFERENCES organisation (organisation_id),
    reason TEXT NOT NULL CHECK (length(trim(reason)) > 0),
    holds_from TIMESTAMP NOT NULL,
    holds_until TIMESTAMP,
    author_id INTEGER NOT NULL REFERENCES person (person_id),
    PRIMARY KEY (hold_id, organisation_id)
);
INSERT INTO legal_hold_by_trust (
    hold_id, organisation_id, reason, holds_from, holds_until, author_id
)
SELECT hold_id, organisation_id, reason, holds_from, holds_until, author_id
FROM legal_hold;
DROP TABLE legal_hold;
ALTER TABLE legal_hold_by_trust RENAME TO legal_hold;

CREATE TABLE survey_sending_by_trust (
    sending_id INTEGER NOT NULL,
    organisation_id INTEGER NOT NULL REFERENCES organisation (organisation_id),
    cycle_id TEXT NOT NULL REFERENCES cycle (cycle_id),
    way TEXT NOT NULL CHECK (way IN ('elsewhere', 'here')),
    closed_from DATE NOT NULL,
    closed_to DATE NOT NULL,
    invited INTEGER NOT NULL,
    author_id INTEGER NOT NULL REFERENCES person (person_id),
    sent_at TIMESTAMP NOT NULL,
    CHECK (closed_from <= closed_to),
    PRIMARY KEY (sending_id, organisation_id)
);
INSERT INTO survey_sending_by_trust (
    sending_id, organisation_id, cycle_id, way, closed_from, closed_to, invited, author_id,
    sent_at
)
SELECT
    sending_id, organisation_id, cycle_id, way, closed_from, closed_to, invited, author_id,
    sent_at
FROM survey_sending;
DROP TABLE survey_sending;
ALTER TABLE survey_sending_by_trust RENAME TO survey_sending;

CREATE TABLE survey_invitation_by_trust (
    token_sha256 TEXT NOT NULL,
    organisation_id INTEGER NOT NULL REFERENCES organisation (organisation_id),
    cycle_id TEXT NOT NULL REFERENCES cycle (cycle_id),
    sending_id INTEGER NOT NULL,
    place INTEGER NOT NULL,
    expires_on DATE NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'answered', 'declined', 'replaced')),
    draft TEXT NOT NULL,
    PRIMARY KEY (token_sha256, organisation_id)
);
INSERT INTO survey_invitation_by_trust (
    token_sha256, organisation_id, cycle_id, sending_id, place, expires_on, state, draft
)
SELECT token_sha256, organisation_id, cycle_id, sending_id, place, expires_on, state, draft
FROM survey_invitation;
DROP TABLE survey_invitation;
ALTER TABLE survey_invitation_by_trust RENAME TO survey_invitation;

CREATE TABLE survey_comment_by_trust (
    comment_id TEXT NOT NULL,
    organisation_id INTEGER NOT NULL REFERENCES organisation (organisation_id),
    cycle_id TEXT NOT NULL REFERENCES cycle (cycle_id),
    text TEXT NOT NULL,
    waits BOOLEAN NOT NULL,
    PRIMARY KEY (comment_id, organisation_id)
);
INSERT INTO survey_comment_by_trust (comment_id, organisation_id, cycle_id, text, waits)
SELECT comment_id, organisation_id, cycle_id, text, waits
FROM survey_comment;
DROP TABLE survey_comment;
ALTER TABLE survey_comment_by_trust RENAME TO survey_comment;

CREATE TABLE survey_mapping_by_trust (
    mapping_id INTEGER NOT NULL,
    organisation_id INTEGER NOT NULL REFERENCES organisation (organisation_id),
    standard_id TEXT NOT NULL,
    name TEXT NOT NULL,
    mapping TEXT NOT NULL,
    author_id INTEGER NOT NULL,
    saved_at TIMESTAMP NOT NULL,
    PRIMARY KEY (mapping_id, organisation_id)
);
INSERT INTO survey_mapping_by_trust (
    mapping_id, organisation_id, standard_id, name, mapping, author_id, saved_at
)
SELECT mapping_id, organisation_id, standard_id, name, mapping, author_id, saved_at
FROM survey_mapping;
DROP TABLE survey_mapping;
ALTER TABLE survey_mapping_by_trust RENAME TO survey_mapping;

CREATE TABLE survey_brought_by_trust (
    batch INTEGER NOT NULL,
    organisation_id SMALLINT NOT NULL,
    period SMALLINT NOT NULL,
    added INTEGER NOT NULL,
    corrected INTEGER NOT NULL,
    same INTEGER NOT NULL,
    left_out INTEGER NOT NULL,
    PRIMARY KEY (batch, organisation_id)
);
INSERT INTO survey_brought_by_trust (
    batch, organisation_id, period, added, corrected, same, left_out
)
SELECT batch, organisation_id, period, added, corrected, same, left_out
FROM survey_brought;
DROP TABLE survey_brought;
ALTER TABLE survey_brought_by_trust RENAME TO survey_brought;

CREATE TABLE file_review_by_trust (
    review_id INTEGER NOT NULL,
    organisation_id INTEGER NOT NULL REFERENCES organisation (organisation_id),
    cycle_id TEXT NOT NULL REFERENCES cycle (cycle_id),
    standard_id TEXT NOT NULL,
    edition TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    seed BIGINT NOT NULL,
    wanted INTEGER NOT NULL,
    frame_size INTEGER NOT NULL,
    frame_sha256 TEXT NOT NULL,
    closed_from DATE NOT NULL,
    closed_to DATE NOT NULL,
    shown_from SMALLINT NOT NULL,
    top SMALLINT NOT NULL,
    state TEXT NOT NULL
        CHECK (state IN ('drawn', 'reading', 'reconciling', 'closed', 'abandoned')),
    state_since TIMESTAMP NOT NULL,
    reason TEXT NOT NULL,
    author_id INTEGER NOT NULL REFERENCES person (person_id),
    drawn_at TIMESTAMP NOT NULL,
    CHECK (closed_from <= closed_to),
    PRIMARY KEY (review_id, organisation_id)
);
INSERT INTO file_review_by_trust (
    review_id, organisation_id, cycle_id, standard_id, edition, content_hash, seed, wanted,
    frame_size, frame_sha256, closed_from, closed_to, shown_from, top, state, state_since,
    reason, author_id, drawn_at
)
SELECT
    review_id, organisation_id, cycle_id, standard_id, edition, content_hash, seed, wanted,
    frame_size, frame_sha256, closed_from, closed_to, shown_from, top, state, state_since,
    reason, author_id, drawn_at
FROM file_review;
DROP TABLE file_review;
ALTER TABLE file_review_by_trust RENAME TO file_review;

CREATE TABLE action_statement_by_trust (
    action_id INTEGER NOT NULL,
    organisation_id INTEGER NOT NULL REFERENCES organisation (organisation_id),
    standard_id TEXT NOT NULL,
    item_id TEXT NOT NULL,
    PRIMARY KEY (action_id, standard_id, item_id, organisation_id)
);
INSERT INTO action_statement_by_trust (action_id, organisation_id, standard_id, item_id)
SELECT c.action_id, p.organisation_id, c.standard_id, c.item_id
FROM action_statement c
JOIN trust_action p ON p.action_id = c.action_id;
DROP TABLE action_statement;
ALTER TABLE action_statement_by_trust RENAME TO action_statement;

CREATE TABLE action_note_by_trust (
    note_id INTEGER NOT NULL,
    action_id INTEGER NOT NULL,
    organisation_id INTEGER NOT NULL REFERENCES organisation (organisation_id),
    note_text TEXT NOT NULL,
    to_status TEXT CHECK (to_status IN ('open', 'in_progress', 'done', 'dropped')),
    due_from DATE,
    due_to DATE,
    author_id INTEGER NOT NULL REFERENCES person (person_id),
    written_at TIMESTAMP NOT NULL,
    PRIMARY KEY (note_id, organisation_id)
);
INSERT INTO action_note_by_trust (
    note_id, action_id, organisation_id, note_text, to_status, due_from, due_to, author_id,
    written_at
)
SELECT
    c.note_id, c.action_id, p.organisation_id, c.note_text, c.to_status, c.due_from, c.due_to,
    c.author_id, c.written_at
FROM action_note c
JOIN trust_action p ON p.action_id = c.action_id;
DROP TABLE action_note;
ALTER TABLE action_note_by_trust RENAME TO action_note;

CREATE TABLE action_closure_by_trust (
    action_id INTEGER NOT NULL,
    organisation_id INTEGER NOT NULL REFERENCES organisation (organisation_id),
    action_revision INTEGER NOT NULL,
    closed_on DATE NOT NULL,
    outcome TEXT NOT NULL,
    evidence_id TEXT,
    shown_by TEXT NOT NULL,
    author_id INTEGER NOT NULL REFERENCES person (person_id),
    closed_at TIMESTAMP NOT NULL,
    PRIMARY KEY (action_id, action_revision, organisation_id)
);
INSERT INTO action_closure_by_trust (
    action_id, organisation_id, action_revision, closed_on, outcome, evidence_id, shown_by,
    author_id, closed_at
)
SELECT
    c.action_id, p.organisation_id, c.action_revision, c.closed_on, c.outcome, c.evidence_id,
    c.shown_by, c.author_id, c.closed_at
FROM action_closure c
JOIN trust_action p ON p.action_id = c.action_id;
DROP TABLE action_closure;
ALTER TABLE action_closure_by_trust RENAME TO action_closure;

CREATE TABLE survey_left_out_by_trust (
    sending_id INTEGER NOT NULL,
    organisation_id INTEGER NOT NULL REFERENCES organisation (organisation_id),
    reason TEXT NOT NULL,
    complaints INTEGER NOT NULL,
    PRIMARY KEY (sending_id, reason, organisation_id)
);
INSERT INTO survey_left_out_by_trust (sending_id, organisation_id, reason, complaints)
SELECT c.sending_id, p.organisation_id, c.reason, c.complaints
FROM survey_left_out c
JOIN survey_sending p ON p.sending_id = c.sending_id;
DROP TABLE survey_left_out;
ALTER TABLE survey_left_out_by_trust RENAME TO survey_left_out;

CREATE TABLE file_review_frame_by_trust (
    review_id INTEGER NOT NULL,
    organisation_id INTEGER NOT NULL REFERENCES organisation (organisation_id),
    reference TEXT NOT NULL,
    closed_on DATE NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('upheld', 'partly upheld', 'not upheld', 'other')),
    PRIMARY KEY (review_id, reference, organisation_id)
);
INSERT INTO file_review_frame_by_trust (review_id, organisation_id, reference, closed_on, outcome)
SELECT c.review_id, p.organisation_id, c.reference, c.closed_on, c.outcome
FROM file_review_frame c
JOIN file_review p ON p.review_id = c.review_id;
DROP TABLE file_review_frame;
ALTER TABLE file_review_frame_by_trust RENAME TO file_review_frame;

CREATE TABLE file_review_stratum_by_trust (
    review_id INTEGER NOT NULL,
    organisation_id INTEGER NOT NULL REFERENCES organisation (organisation_id),
    outcome TEXT NOT NULL CHECK (outcome IN ('upheld', 'partly upheld', 'not upheld', 'other')),
    frame_size INTEGER NOT NULL,
    drawn INTEGER NOT NULL,
    PRIMARY KEY (review_id, outcome, organisation_id)
);
INSERT INTO file_review_stratum_by_trust (review_id, organisation_id, outcome, frame_size, drawn)
SELECT c.review_id, p.organisation_id, c.outcome, c.frame_size, c.drawn
FROM file_review_stratum c
JOIN file_review p ON p.review_id = c.review_id;
DROP TABLE file_review_stratum;
ALTER TABLE file_review_stratum_by_trust RENAME TO file_review_stratum;

CREATE TABLE file_review_file_by_trust (
    review_id INTEGER NOT NULL,
    organisation_id INTEGER NOT NULL REFERENCES organisation (organisation_id),
    draw_order SMALLINT NOT NULL,
    reference TEXT NOT NULL,
    closed_on DATE NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('upheld', 'partly upheld', 'not upheld', 'other')),
    PRIMARY KEY (review_id, draw_order, organisation_id)
);
INSERT INTO file_review_file_by_trust (
    review_id, organisation_id, draw_order, reference, closed_on, outcome
)
SELECT c.review_id, p.organisation_id, c.draw_order, c.reference, c.closed_on, c.outcome
FROM file_review_file c
JOIN file_review p ON p.review_id = c.review_id;
DROP TABLE file_review_file;
ALTER TABLE file_review_file_by_trust RENAME TO file_review_file;

CREATE TABLE file_review_reader_by_trust (
    review_id INTEGER NOT NULL,
    organisation_id INTEGER NOT NULL REFERENCES organisation (organisation_id),
    slot SMALLINT NOT NULL CHECK (slot IN (1, 2)),
    person_id INTEGER NOT NULL REFERENCES person (person_id),
    named_at TIMESTAMP NOT NULL,
    finished_at TIMESTAMP,
    PRIMARY KEY (review_id, slot, organisation_id)
);
INSERT INTO file_review_reader_by_trust (
    review_id, organisation_id, slot, person_id, named_at, finished_at
)
SELECT c.review_id, p.organisation_id, c.slot, c.person_id, c.named_at, c.finished_at
FROM file_review_reader c
JOIN file_review p ON p.review_id = c.review_id;
DROP TABLE file_review_reader;
ALTER TABLE file_review_reader_by_trust RENAME TO file_review_reader;

CREATE TABLE file_reading_by_trust (
    review_id INTEGER NOT NULL,
    organisation_id INTEGER NOT NULL REFERENCES organisation (organisation_id),
    draw_order SMALLINT NOT NULL,
    slot SMALLINT NOT NULL,
    item_id TEXT NOT NULL,
    answer SMALLINT NOT NULL,
    note TEXT NOT NULL,
    reading_revision INTEGER NOT NULL,
    saved_at TIMESTAMP NOT NULL,
    PRIMARY KEY (review_id, draw_order, slot, item_id, organisation_id)
);
INSERT INTO file_reading_by_trust (
    review_id, organisation_id, draw_order, slot, item_id, answer, note, reading_revision,
    saved_at
)
SELECT
    c.review_id, p.organisation_id, c.draw_order, c.slot, c.item_id, c.answer, c.note,
    c.reading_revision, c.saved_at
FROM file_reading c
JOIN file_review p ON p.review_id = c.review_id;
DROP TABLE file_reading;
ALTER TABLE file_reading_by_trust RENAME TO file_reading;

CREATE TABLE file_agreed_by_trust (
    review_id INTEGER NOT NULL,
    organisation_id INTEGER NOT NULL REFERENCES organisation (organisation_id),
    draw_order SMALLINT NOT NULL,
    item_id TEXT NOT NULL,
    answer SMALLINT NOT NULL,
    note TEXT NOT NULL,
    agreed_revision INTEGER NOT NULL,
    author_id INTEGER NOT NULL REFERENCES person (person_id),
    saved_at TIMESTAMP NOT NULL,
    PRIMARY KEY (review_id, draw_order, item_id, organisation_id)
);
INSERT INTO file_agreed_by_trust (
    review_id, organisation_id, draw_order, item_id, answer, note, agreed_revision, author_id,
    saved_at
)
SELECT
    c.review_id, p.organisation_id, c.draw_order, c.item_id, c.answer, c.note,
    c.agreed_revision, c.author_id, c.saved_at
FROM file_agreed c
JOIN file_review p ON p.review_id = c.review_id;
DROP TABLE file_agreed;
ALTER TABLE file_agreed_by_trust RENAME TO file_agreed;

CREATE TABLE file_finding_by_trust (
    review_id INTEGER NOT NULL,
    organisation_id INTEGER NOT NULL REFERENCES organisation (organisation_id),
    item_id TEXT NOT NULL,
    first_answer SMALLINT NOT NULL,
    second_answer SMALLINT NOT NULL,
    agreed_answer SMALLINT NOT NULL,
    files INTEGER NOT NULL,
    PRIMARY KEY (review_id, item_id, first_answer, second_answer, agreed_answer, organisation_id)
);
INSERT INTO file_finding_by_trust (
    review_id, organisation_id, item_id, first_answer, second_answer, agreed_answer, files
)
SELECT
    c.review_id, p.organisation_id, c.item_id, c.first_answer, c.second_answer, c.agreed_answer,
    c.files
FROM file_finding c
JOIN file_review p ON p.review_id = c.review_id;
DROP TABLE file_finding;
ALTER TABLE file_finding_by_trust RENAME TO file_finding;
