-- What goes with the moves of an assessment's life, and the rules of a cycle beside its dates.

-- What a move was made with, in people's own words: the reasons of a return, one for each
-- statement; the board's response, with the body that gave it and the day it met; the reason of
-- a reopening. The ledger's hashes leave these words out, so that they can be taken away when
-- their time is over and the chain stays whole.
CREATE TABLE move_note (
    entry_number BIGINT NOT NULL REFERENCES ledger (entry_number),
    note_number SMALLINT NOT NULL,
    standard_id TEXT,
    item_id TEXT,
    note_text TEXT NOT NULL,
    body TEXT,
    met_on DATE,
    PRIMARY KEY (entry_number, note_number)
);

-- A side table, because other rows point at cycle. A cycle without a row here needs two people
-- and has not been closed.
CREATE TABLE cycle_rule (
    cycle_id TEXT PRIMARY KEY REFERENCES cycle (cycle_id),
    two_people BOOLEAN NOT NULL,
    closed_at TIMESTAMP
);
