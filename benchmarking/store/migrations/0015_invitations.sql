-- How a trust asks people who complained: whom they can turn to, and what is asked besides the
-- questions. Each save is a row of its own; the newest holds.
CREATE TABLE survey_setting (
    organisation_id INTEGER NOT NULL REFERENCES organisation (organisation_id),
    version INTEGER NOT NULL,
    phone TEXT NOT NULL,
    post TEXT NOT NULL,
    email TEXT NOT NULL,
    complain_text TEXT NOT NULL,
    complain_link TEXT NOT NULL,
    advocacy_name TEXT NOT NULL,
    advocacy_contact TEXT NOT NULL,
    with_comments BOOLEAN NOT NULL,
    with_equality BOOLEAN NOT NULL,
    days INTEGER NOT NULL,
    author_id INTEGER NOT NULL REFERENCES person (person_id),
    saved_at TIMESTAMP NOT NULL,
    PRIMARY KEY (organisation_id, version)
);

-- One invitation: of its link there is only a digest, of the person nothing, and of the complaint
-- only its place in the list that the trust has. draft holds what was answered so far, and is empty
-- again once it was sent, or the link is over. No column says when somebody answered.
CREATE TABLE survey_invitation (
    token_sha256 TEXT PRIMARY KEY,
    organisation_id INTEGER NOT NULL REFERENCES organisation (organisation_id),
    cycle_id TEXT NOT NULL REFERENCES cycle (cycle_id),
    sending_id INTEGER NOT NULL,
    place INTEGER NOT NULL,
    expires_on DATE NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'answered', 'declined', 'replaced')),
    draft TEXT NOT NULL
);

-- How many complaints of a list were left out, and why.
CREATE TABLE survey_left_out (
    sending_id INTEGER NOT NULL,
    reason TEXT NOT NULL,
    complaints INTEGER NOT NULL,
    PRIMARY KEY (sending_id, reason)
);

-- What people wrote in their own words, apart from their answers. The rows of a trust's cycle are
-- written anew, in an order drawn by lot, with each that is added. What waits is shown to nobody
-- until the wave of replies in which it came is full.
CREATE TABLE survey_comment (
    comment_id TEXT PRIMARY KEY,
    organisation_id INTEGER NOT NULL REFERENCES organisation (organisation_id),
    cycle_id TEXT NOT NULL REFERENCES cycle (cycle_id),
    text TEXT NOT NULL,
    waits BOOLEAN NOT NULL
);

-- What people said about themselves, as counts from the first one on.
CREATE TABLE survey_equality (
    organisation_id INTEGER NOT NULL REFERENCES organisation (organisation_id),
    cycle_id TEXT NOT NULL REFERENCES cycle (cycle_id),
    question_id TEXT NOT NULL,
    option_id TEXT NOT NULL,
    people INTEGER NOT NULL,
    PRIMARY KEY (organisation_id, cycle_id, question_id, option_id)
);
