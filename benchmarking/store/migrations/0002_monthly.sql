-- What a trust records about itself month by month. Rows are only added: a correction is a new
-- revision, and the newest one of a month stands. A month is named by its first day.
-- author_id is 0 where a file was imported on the server itself, and so refers to no table.

-- Both counts 0: nothing was due. No row: nothing was recorded.
CREATE TABLE monthly_figure (
    organisation_id INTEGER NOT NULL REFERENCES organisation (organisation_id),
    series_id TEXT NOT NULL,
    month DATE NOT NULL CHECK (extract(day FROM month) = 1),
    figure_revision INTEGER NOT NULL CHECK (figure_revision > 0),
    in_time INTEGER NOT NULL CHECK (in_time >= 0),
    due INTEGER NOT NULL,
    author_id INTEGER NOT NULL,
    saved_at TIMESTAMP NOT NULL,
    PRIMARY KEY (organisation_id, series_id, month, figure_revision),
    CHECK (due >= in_time)
);

-- A target holds from its month until the next one. A null percent: no target from then on.
CREATE TABLE monthly_target (
    organisation_id INTEGER NOT NULL REFERENCES organisation (organisation_id),
    series_id TEXT NOT NULL,
    from_month DATE NOT NULL CHECK (extract(day FROM from_month) = 1),
    target_revision INTEGER NOT NULL CHECK (target_revision > 0),
    percent DOUBLE PRECISION CHECK (percent >= 0 AND percent <= 100),
    is_withdrawn BOOLEAN NOT NULL,
    author_id INTEGER NOT NULL,
    saved_at TIMESTAMP NOT NULL,
    PRIMARY KEY (organisation_id, series_id, from_month, target_revision)
);

-- From this month on the limits of a chart are worked out anew, for a reason that is said.
CREATE TABLE monthly_rebase (
    organisation_id INTEGER NOT NULL REFERENCES organisation (organisation_id),
    series_id TEXT NOT NULL,
    from_month DATE NOT NULL CHECK (extract(day FROM from_month) = 1),
    rebase_revision INTEGER NOT NULL CHECK (rebase_revision > 0),
    reason TEXT NOT NULL,
    is_withdrawn BOOLEAN NOT NULL,
    author_id INTEGER NOT NULL,
    saved_at TIMESTAMP NOT NULL,
    PRIMARY KEY (organisation_id, series_id, from_month, rebase_revision),
    CHECK (is_withdrawn OR length(trim(reason)) > 0)
);
