-- What complainants and complaint files said when a trust published its assessment: counts of
-- frozen waves, and of a closed review, as peers are shown them from the cycle's release on.
-- Written once for each revision that is published, and never changed.
CREATE TABLE voice_board (
    organisation_id INTEGER NOT NULL REFERENCES organisation (organisation_id),
    cycle_id TEXT NOT NULL REFERENCES cycle (cycle_id),
    revision INTEGER NOT NULL,
    voice TEXT NOT NULL CHECK (voice IN ('complainants', 'files')),
    standard_id TEXT NOT NULL,
    item_id TEXT NOT NULL,
    part INTEGER NOT NULL,
    out_of INTEGER NOT NULL,
    PRIMARY KEY (organisation_id, cycle_id, revision, voice, standard_id, item_id)
);
