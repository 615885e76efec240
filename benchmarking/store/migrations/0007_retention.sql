-- How long what is kept about people and trusts stays, and what keeps it longer.

-- Whose answers were removed when their time was over: the assessment, its ledger and the audit
-- stay, and the check of the ledger knows why there is nothing to hash.
CREATE TABLE purged_assessment (
    organisation_id INTEGER NOT NULL REFERENCES organisation (organisation_id),
    cycle_id TEXT NOT NULL REFERENCES cycle (cycle_id),
    scope TEXT NOT NULL,
    revision INTEGER NOT NULL,
    purged_at TIMESTAMP NOT NULL,
    PRIMARY KEY (organisation_id, cycle_id, scope, revision)
);

-- Nothing of a trust is purged while a hold lasts. A hold is ended, never deleted; holds_until
-- is null while nobody has said when it ends.
CREATE SEQUENCE legal_hold_number;
CREATE TABLE legal_hold (
    hold_id INTEGER PRIMARY KEY,
    organisation_id INTEGER NOT NULL REFERENCES organisation (organisation_id),
    reason TEXT NOT NULL CHECK (length(trim(reason)) > 0),
    holds_from TIMESTAMP NOT NULL,
    holds_until TIMESTAMP,
    author_id INTEGER NOT NULL REFERENCES person (person_id)
);
