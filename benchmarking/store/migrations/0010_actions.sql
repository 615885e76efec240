-- What a trust promised to do, across cycles and statements. Before this step an action belonged
-- to one question of one revision of an assessment.
-- Nothing refers to trust_action, because an action is removed when its time is over.

CREATE SEQUENCE trust_action_number;
CREATE TABLE trust_action (
    action_id INTEGER PRIMARY KEY,
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
    saved_at TIMESTAMP NOT NULL
);

-- Which statements an action serves, by the question that asks about each.
CREATE TABLE action_statement (
    action_id INTEGER NOT NULL,
    standard_id TEXT NOT NULL,
    item_id TEXT NOT NULL,
    PRIMARY KEY (action_id, standard_id, item_id)
);

-- Rows are only added. A note tells how it goes, that the status changed (to_status), or that the
-- day was moved (due_from, and due_to unless there is no day any more).
CREATE SEQUENCE action_note_number;
CREATE TABLE action_note (
    note_id INTEGER PRIMARY KEY,
    action_id INTEGER NOT NULL,
    note_text TEXT NOT NULL,
    to_status TEXT CHECK (to_status IN ('open', 'in_progress', 'done', 'dropped')),
    due_from DATE,
    due_to DATE,
    author_id INTEGER NOT NULL REFERENCES person (person_id),
    written_at TIMESTAMP NOT NULL
);

-- Rows are only added: an action that was opened again can be closed again. evidence_id names
-- a piece of evidence, which may have been taken away since.
CREATE TABLE action_closure (
    action_id INTEGER NOT NULL,
    action_revision INTEGER NOT NULL,
    closed_on DATE NOT NULL,
    outcome TEXT NOT NULL,
    evidence_id TEXT,
    shown_by TEXT NOT NULL,
    author_id INTEGER NOT NULL REFERENCES person (person_id),
    closed_at TIMESTAMP NOT NULL,
    PRIMARY KEY (action_id, action_revision)
);

-- What was promised so far, with a number for each: rows with words in them, and of several
-- revisions of an assessment the newest.
CREATE TABLE action_carried_over AS
SELECT nextval('trust_action_number') AS action_id, a.*
FROM (
    SELECT i.*
    FROM improvement_action i
    WHERE length(trim(i.action_text)) > 0 AND i.revision = (
        SELECT max(n.revision)
        FROM improvement_action n
        WHERE n.organisation_id = i.organisation_id AND n.cycle_id = i.cycle_id
            AND n.scope = i.scope AND n.standard_id = i.standard_id AND n.item_id = i.item_id
    )
    ORDER BY i.cycle_id, i.organisation_id, i.scope, i.standard_id, i.item_id
) a;

INSERT INTO trust_action (
    action_id, organisation_id, scope, action_text, owner_id, owner_role, due_on, status,
    target_level, target_cycle, made_in, action_revision, author_id, saved_at
)
SELECT
    action_id, organisation_id, scope, action_text, NULL, owner_role, due_on, status,
    NULL, '', cycle_id, action_revision, author_id, saved_at
FROM action_carried_over;

INSERT INTO action_statement (action_id, standard_id, item_id)
SELECT action_id, standard_id, item_id
FROM action_carried_over;

DROP TABLE action_carried_over;
DROP TABLE improvement_action;
