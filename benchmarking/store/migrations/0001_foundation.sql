-- The common subset of DuckDB and PostgreSQL: no identity columns, no cascade, no ENUM.
-- Foreign keys point only at rows that are never deleted, and no parent carries an index on
-- a column that changes (DuckDB refuses such updates while children exist).
-- All times are UTC without a zone.

-- One row: what a database is, it stays.
CREATE TABLE installation (
    installation_id SMALLINT PRIMARY KEY CHECK (installation_id = 1),
    kind TEXT NOT NULL CHECK (kind IN ('demonstration', 'live')),
    created_at TIMESTAMP NOT NULL,
    data_revision BIGINT NOT NULL
);

CREATE SEQUENCE audit_number;
CREATE TABLE audit (
    audit_id BIGINT PRIMARY KEY,
    written_at TIMESTAMP NOT NULL,
    person_id INTEGER NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL
);

-- Who may assess itself here. In a demonstration only fictional trusts, elsewhere only real
-- ones: see store/organisations.py. Published figures never refer to this table.
CREATE TABLE organisation (
    organisation_id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    trust_type TEXT NOT NULL,
    region TEXT NOT NULL
);

CREATE SEQUENCE person_number;
CREATE TABLE person (
    person_id INTEGER PRIMARY KEY,
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    title TEXT NOT NULL,
    UNIQUE (issuer, subject)
);

-- trust_code is null where the role holds everywhere. It is the code and not the number
-- because every request asks for it, and a code never changes.
CREATE SEQUENCE grant_number;
CREATE TABLE role_grant (
    grant_id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (person_id),
    role TEXT NOT NULL,
    trust_code TEXT REFERENCES organisation (code),
    holds_from TIMESTAMP NOT NULL,
    holds_until TIMESTAMP
);

CREATE TABLE cycle (
    cycle_id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    opens_at TIMESTAMP NOT NULL,
    deadline_at TIMESTAMP NOT NULL,
    release_at TIMESTAMP NOT NULL,
    peers_named BOOLEAN NOT NULL
);

CREATE TABLE cycle_edition (
    cycle_id TEXT NOT NULL REFERENCES cycle (cycle_id),
    position SMALLINT NOT NULL,
    standard_id TEXT NOT NULL,
    edition TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    PRIMARY KEY (cycle_id, standard_id)
);

-- scope is 'trust' for the whole trust, or names a site or directorate beside it.
-- revision rises when a published assessment is reopened.
CREATE TABLE assessment (
    organisation_id INTEGER NOT NULL REFERENCES organisation (organisation_id),
    cycle_id TEXT NOT NULL REFERENCES cycle (cycle_id),
    scope TEXT NOT NULL,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN (
        'in_progress', 'submitted', 'sent_back', 'approved', 'signed_off', 'published'
    )),
    state_since TIMESTAMP NOT NULL,
    opened_at TIMESTAMP NOT NULL,
    PRIMARY KEY (organisation_id, cycle_id, scope, revision)
);

CREATE TABLE answer (
    organisation_id INTEGER NOT NULL REFERENCES organisation (organisation_id),
    cycle_id TEXT NOT NULL REFERENCES cycle (cycle_id),
    scope TEXT NOT NULL,
    revision INTEGER NOT NULL,
    standard_id TEXT NOT NULL,
    item_id TEXT NOT NULL,
    edition TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    choice TEXT NOT NULL,
    reason TEXT NOT NULL,
    answer_revision INTEGER NOT NULL,
    author_id INTEGER NOT NULL REFERENCES person (person_id),
    saved_at TIMESTAMP NOT NULL,
    PRIMARY KEY (organisation_id, cycle_id, scope, revision, standard_id, item_id)
);

CREATE TABLE answer_comment (
    organisation_id INTEGER NOT NULL REFERENCES organisation (organisation_id),
    cycle_id TEXT NOT NULL REFERENCES cycle (cycle_id),
    scope TEXT NOT NULL,
    revision INTEGER NOT NULL,
    standard_id TEXT NOT NULL,
    item_id TEXT NOT NULL,
    comment_text TEXT NOT NULL,
    comment_revision INTEGER NOT NULL,
    author_id INTEGER NOT NULL REFERENCES person (person_id),
    saved_at TIMESTAMP NOT NULL,
    PRIMARY KEY (organisation_id, cycle_id, scope, revision, standard_id, item_id)
);

-- A null detail means that it was not asked of this kind of evidence or not given.
CREATE TABLE evidence (
    evidence_id TEXT PRIMARY KEY,
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
    saved_at TIMESTAMP NOT NULL
);

CREATE TABLE improvement_action (
    organisation_id INTEGER NOT NULL REFERENCES organisation (organisation_id),
    cycle_id TEXT NOT NULL REFERENCES cycle (cycle_id),
    scope TEXT NOT NULL,
    revision INTEGER NOT NULL,
    standard_id TEXT NOT NULL,
    item_id TEXT NOT NULL,
    action_text TEXT NOT NULL,
    owner_role TEXT NOT NULL,
    due_on DATE,
    status TEXT NOT NULL CHECK (status IN ('open', 'done')),
    action_revision INTEGER NOT NULL,
    author_id INTEGER NOT NULL REFERENCES person (person_id),
    saved_at TIMESTAMP NOT NULL,
    PRIMARY KEY (organisation_id, cycle_id, scope, revision, standard_id, item_id)
);

-- Append-only. Each entry's hash covers the one before it, so that a changed past shows.
CREATE TABLE ledger (
    entry_number BIGINT PRIMARY KEY,
    organisation_id INTEGER NOT NULL REFERENCES organisation (organisation_id),
    cycle_id TEXT NOT NULL REFERENCES cycle (cycle_id),
    scope TEXT NOT NULL,
    revision INTEGER NOT NULL,
    from_state TEXT NOT NULL,
    to_state TEXT NOT NULL,
    person_id INTEGER NOT NULL,
    moved_at TIMESTAMP NOT NULL,
    receipt TEXT NOT NULL UNIQUE,
    content_hash TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    entry_hash TEXT NOT NULL
);

-- One release is one file of one publisher, loaded once. A revised file is a new release;
-- the old one stays. The newest release of a dataset and period is the one shown.
CREATE TABLE reference_release (
    release_id INTEGER PRIMARY KEY,
    dataset TEXT NOT NULL,
    period TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    file_name TEXT NOT NULL,
    loaded_at TIMESTAMP NOT NULL,
    UNIQUE (dataset, period, sha256)
);

CREATE TABLE published_organisation (
    release_id INTEGER NOT NULL REFERENCES reference_release (release_id),
    code TEXT NOT NULL CHECK (upper(code) NOT LIKE 'DEMO-%'),
    name TEXT NOT NULL,
    attributes TEXT NOT NULL,
    PRIMARY KEY (release_id, code)
);

-- Neither NaN nor infinity is a figure (both engines sort NaN above all numbers).
CREATE TABLE published_figure (
    release_id INTEGER NOT NULL REFERENCES reference_release (release_id),
    code TEXT NOT NULL CHECK (upper(code) NOT LIKE 'DEMO-%'),
    measure TEXT NOT NULL,
    figure DOUBLE PRECISION NOT NULL CHECK (figure > -1e300 AND figure < 1e300),
    PRIMARY KEY (release_id, code, measure)
);

CREATE TABLE succession (
    release_id INTEGER NOT NULL REFERENCES reference_release (release_id),
    old_code TEXT NOT NULL CHECK (upper(old_code) NOT LIKE 'DEMO-%'),
    new_code TEXT NOT NULL CHECK (upper(new_code) NOT LIKE 'DEMO-%'),
    effective_on DATE NOT NULL,
    evidence TEXT NOT NULL,
    PRIMARY KEY (release_id, old_code, new_code)
);
