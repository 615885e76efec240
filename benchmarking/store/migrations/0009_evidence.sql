-- What more is said about a piece of evidence, and the file that belongs to it.

-- category is one of data/evidence_categories.yaml, null where nobody chose one. dated_on is the
-- day of a paper that has no period and no check. reviewed_by is a role in people's own words.
-- The file lies under its hash, in the trust's folder of the place that BENCHMARK_EVIDENCE names;
-- file_name is what it was called where it came from, file_may_identify whether words that may
-- tell who somebody is were found in it. No row of another table points here.
ALTER TABLE evidence ADD COLUMN category TEXT;
ALTER TABLE evidence ADD COLUMN dated_on DATE;
ALTER TABLE evidence ADD COLUMN reviewed_by TEXT DEFAULT '';
ALTER TABLE evidence ADD COLUMN reviewed_on DATE;
ALTER TABLE evidence ADD COLUMN may_be_shared BOOLEAN DEFAULT FALSE;
ALTER TABLE evidence ADD COLUMN file_sha256 TEXT DEFAULT '';
ALTER TABLE evidence ADD COLUMN file_name TEXT DEFAULT '';
ALTER TABLE evidence ADD COLUMN file_type TEXT DEFAULT '';
ALTER TABLE evidence ADD COLUMN file_size INTEGER;
ALTER TABLE evidence ADD COLUMN file_may_identify BOOLEAN DEFAULT FALSE;
