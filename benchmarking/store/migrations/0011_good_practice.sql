-- What trusts do well and let others copy, and what came of it elsewhere.

-- An example stands for a trust's own published level of one statement: choice, in the cycle
-- cycle_id, as it was when the example was offered. contact_role is a role, never a name.
CREATE SEQUENCE practice_example_number;
CREATE TABLE practice_example (
    example_id INTEGER PRIMARY KEY,
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
    withdrawn_at TIMESTAMP
);

-- Another trust's use of an example. helpful is null while nobody has said; ended_at is null
-- while the use lasts. No foreign key to the example: that row goes when its time is over.
CREATE SEQUENCE practice_use_number;
CREATE TABLE practice_use (
    use_id INTEGER PRIMARY KEY,
    example_id INTEGER NOT NULL,
    organisation_id INTEGER NOT NULL REFERENCES organisation (organisation_id),
    stage TEXT NOT NULL CHECK (stage IN ('trying', 'using')),
    happened TEXT NOT NULL,
    helpful BOOLEAN,
    use_revision INTEGER NOT NULL,
    author_id INTEGER NOT NULL REFERENCES person (person_id),
    began_at TIMESTAMP NOT NULL,
    saved_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP
);
