-- Work that the server does by itself. Of several replicas, one claims it until a moment, so that
-- it is done once; who died while at it loses the claim at that moment. One row for each work.
CREATE TABLE claimed_work (
    work TEXT PRIMARY KEY,
    holder TEXT NOT NULL,
    claimed_at TIMESTAMP NOT NULL,
    claimed_until TIMESTAMP NOT NULL
);
