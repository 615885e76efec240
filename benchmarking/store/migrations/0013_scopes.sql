-- The sites and directorates of a trust that assess themselves beside the whole.
-- scope is what the assessment's own column says; no row has 'trust', which is the whole.
CREATE TABLE trust_scope (
    organisation_id INTEGER NOT NULL REFERENCES organisation (organisation_id),
    scope TEXT NOT NULL CHECK (scope <> 'trust'),
    kind TEXT NOT NULL CHECK (kind IN ('site', 'directorate')),
    name TEXT NOT NULL CHECK (length(trim(name)) > 0),
    author_id INTEGER NOT NULL REFERENCES person (person_id),
    added_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP,
    PRIMARY KEY (organisation_id, scope)
);
