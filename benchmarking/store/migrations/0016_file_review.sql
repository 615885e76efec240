-- Complaint files of a trust, drawn at random and read twice. Several reviews of a cycle may follow
-- one another, of which only one is open: who writes looks, because writers take turns.
-- The seed and frame_sha256 let whoever still has the frame repeat the draw. Nothing refers to a
-- review by a foreign key, because its state changes and its files are purged before it.
CREATE SEQUENCE file_review_number;
CREATE TABLE file_review (
    review_id INTEGER PRIMARY KEY,
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
    CHECK (closed_from <= closed_to)
);

-- The closed complaints that could have been drawn, without a name; kept while the review is open.
CREATE TABLE file_review_frame (
    review_id INTEGER NOT NULL,
    reference TEXT NOT NULL,
    closed_on DATE NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('upheld', 'partly upheld', 'not upheld', 'other')),
    PRIMARY KEY (review_id, reference)
);

-- How many of each outcome there were, and were drawn.
CREATE TABLE file_review_stratum (
    review_id INTEGER NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('upheld', 'partly upheld', 'not upheld', 'other')),
    frame_size INTEGER NOT NULL,
    drawn INTEGER NOT NULL,
    PRIMARY KEY (review_id, outcome)
);

CREATE TABLE file_review_file (
    review_id INTEGER NOT NULL,
    draw_order SMALLINT NOT NULL,
    reference TEXT NOT NULL,
    closed_on DATE NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('upheld', 'partly upheld', 'not upheld', 'other')),
    PRIMARY KEY (review_id, draw_order)
);

CREATE TABLE file_review_reader (
    review_id INTEGER NOT NULL,
    slot SMALLINT NOT NULL CHECK (slot IN (1, 2)),
    person_id INTEGER NOT NULL REFERENCES person (person_id),
    named_at TIMESTAMP NOT NULL,
    finished_at TIMESTAMP,
    PRIMARY KEY (review_id, slot)
);

-- What each reader found by themselves. An answer is a number, as in survey answers: 1 is the
-- scale's lowest, top its highest, and what is above says why there is none.
CREATE TABLE file_reading (
    review_id INTEGER NOT NULL,
    draw_order SMALLINT NOT NULL,
    slot SMALLINT NOT NULL,
    item_id TEXT NOT NULL,
    answer SMALLINT NOT NULL,
    note TEXT NOT NULL,
    reading_revision INTEGER NOT NULL,
    saved_at TIMESTAMP NOT NULL,
    PRIMARY KEY (review_id, draw_order, slot, item_id)
);

-- What holds where the two readers said different things.
CREATE TABLE file_agreed (
    review_id INTEGER NOT NULL,
    draw_order SMALLINT NOT NULL,
    item_id TEXT NOT NULL,
    answer SMALLINT NOT NULL,
    note TEXT NOT NULL,
    agreed_revision INTEGER NOT NULL,
    author_id INTEGER NOT NULL REFERENCES person (person_id),
    saved_at TIMESTAMP NOT NULL,
    PRIMARY KEY (review_id, draw_order, item_id)
);

-- What a closed review found: in how many files the readers gave these answers and agreed on
-- that one. Written once, when it is closed, and left when single readings are purged.
CREATE TABLE file_finding (
    review_id INTEGER NOT NULL,
    item_id TEXT NOT NULL,
    first_answer SMALLINT NOT NULL,
    second_answer SMALLINT NOT NULL,
    agreed_answer SMALLINT NOT NULL,
    files INTEGER NOT NULL,
    PRIMARY KEY (review_id, item_id, first_answer, second_answer, agreed_answer)
);
