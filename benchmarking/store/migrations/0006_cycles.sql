-- Why the dates of a cycle changed once it had opened: rows are only added. The dates are those
-- that held from then on; a cycle that was closed keeps its dates.
CREATE SEQUENCE cycle_change_number;
CREATE TABLE cycle_change (
    change_id INTEGER PRIMARY KEY,
    cycle_id TEXT NOT NULL REFERENCES cycle (cycle_id),
    kind TEXT NOT NULL CHECK (kind IN ('extended', 'closed')),
    deadline_at TIMESTAMP NOT NULL,
    release_at TIMESTAMP NOT NULL,
    reason TEXT NOT NULL CHECK (length(trim(reason)) > 0),
    author_id INTEGER NOT NULL REFERENCES person (person_id),
    changed_at TIMESTAMP NOT NULL
);
