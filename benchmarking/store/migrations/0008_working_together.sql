-- Several people on one assessment: who does what, what was said before, and what was taken over
-- from the last cycle.

-- Who holds one question: person_id, to whom author_id handed it (the two are the same where
-- somebody took it). It holds for the assessment through all its revisions. wanted_by is null
-- where nobody named a day. Taking back deletes the row; the audit keeps that it was there.
CREATE TABLE assignment (
    organisation_id INTEGER NOT NULL REFERENCES organisation (organisation_id),
    cycle_id TEXT NOT NULL REFERENCES cycle (cycle_id),
    scope TEXT NOT NULL,
    standard_id TEXT NOT NULL,
    item_id TEXT NOT NULL,
    person_id INTEGER NOT NULL REFERENCES person (person_id),
    wanted_by DATE,
    author_id INTEGER NOT NULL REFERENCES person (person_id),
    assigned_at TIMESTAMP NOT NULL,
    PRIMARY KEY (organisation_id, cycle_id, scope, standard_id, item_id)
);

-- Append-only: each save of an answer or a comment, in the transaction of the save. kind says
-- which of the two, saved_revision is the answer_revision or comment_revision that it made.
-- A comment has no choice, and its words stand in the texts; an answer's texts are its reasons.
-- The old ones are null where nothing was there. The number tells the order across kinds.
CREATE SEQUENCE answer_history_number;
CREATE TABLE answer_history (
    organisation_id INTEGER NOT NULL REFERENCES organisation (organisation_id),
    cycle_id TEXT NOT NULL REFERENCES cycle (cycle_id),
    scope TEXT NOT NULL,
    revision INTEGER NOT NULL,
    standard_id TEXT NOT NULL,
    item_id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('answer', 'comment')),
    saved_revision INTEGER NOT NULL,
    history_number BIGINT NOT NULL,
    old_choice TEXT,
    old_text TEXT,
    new_choice TEXT,
    new_text TEXT NOT NULL,
    author_id INTEGER NOT NULL REFERENCES person (person_id),
    saved_at TIMESTAMP NOT NULL,
    PRIMARY KEY (
        organisation_id, cycle_id, scope, revision, standard_id, item_id, kind, saved_revision
    )
);

-- Which save of an answer took over what was published before. A later save counts one revision
-- more, so it has no row here, and the answer is one of its own cycle.
CREATE TABLE carried_answer (
    organisation_id INTEGER NOT NULL REFERENCES organisation (organisation_id),
    cycle_id TEXT NOT NULL REFERENCES cycle (cycle_id),
    scope TEXT NOT NULL,
    revision INTEGER NOT NULL,
    standard_id TEXT NOT NULL,
    item_id TEXT NOT NULL,
    answer_revision INTEGER NOT NULL,
    from_cycle_id TEXT NOT NULL REFERENCES cycle (cycle_id),
    from_edition TEXT NOT NULL,
    PRIMARY KEY (
        organisation_id, cycle_id, scope, revision, standard_id, item_id, answer_revision
    )
);
