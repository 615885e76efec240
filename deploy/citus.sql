-- Spreads the tables of this database over a cluster of PostgreSQL with the Citus extension (12 or
-- newer), by trust. Run once by the owner of the database, after `python -m benchmarking db copy`
-- has filled it and before people work in it.
-- NOT TRIED: there was no Citus to run this on. tests/store/test_keys.py holds that it names every
-- table, that each key of what is spread has the trust in it, and that what is spread refers only to
-- what every node has a copy of. docs/deployment.md says what to look at first.

-- A copy on every node: short lists that others refer to.
SELECT create_reference_table('organisation');
SELECT create_reference_table('person');
SELECT create_reference_table('cycle');
SELECT create_reference_table('survey_period');
SELECT create_reference_table('survey_item');
SELECT create_reference_table('survey_batch');

-- By trust. Nearly every question a page asks is about one trust and so goes to one node.
SELECT create_distributed_table('assessment', 'organisation_id', colocate_with => 'none');
SELECT create_distributed_table('answer', 'organisation_id', colocate_with => 'assessment');
SELECT create_distributed_table('answer_comment', 'organisation_id', colocate_with => 'assessment');
SELECT create_distributed_table('answer_history', 'organisation_id', colocate_with => 'assessment');
SELECT create_distributed_table('carried_answer', 'organisation_id', colocate_with => 'assessment');
SELECT create_distributed_table('assignment', 'organisation_id', colocate_with => 'assessment');
SELECT create_distributed_table('evidence', 'organisation_id', colocate_with => 'assessment');
SELECT create_distributed_table('purged_assessment', 'organisation_id', colocate_with => 'assessment');
SELECT create_distributed_table('trust_scope', 'organisation_id', colocate_with => 'assessment');
SELECT create_distributed_table('legal_hold', 'organisation_id', colocate_with => 'assessment');
SELECT create_distributed_table('trust_action', 'organisation_id', colocate_with => 'assessment');
SELECT create_distributed_table('action_statement', 'organisation_id', colocate_with => 'assessment');
SELECT create_distributed_table('action_note', 'organisation_id', colocate_with => 'assessment');
SELECT create_distributed_table('action_closure', 'organisation_id', colocate_with => 'assessment');
SELECT create_distributed_table('practice_example', 'organisation_id', colocate_with => 'assessment');
SELECT create_distributed_table('practice_use', 'organisation_id', colocate_with => 'assessment');
SELECT create_distributed_table('monthly_figure', 'organisation_id', colocate_with => 'assessment');
SELECT create_distributed_table('monthly_target', 'organisation_id', colocate_with => 'assessment');
SELECT create_distributed_table('monthly_rebase', 'organisation_id', colocate_with => 'assessment');
SELECT create_distributed_table('survey_setting', 'organisation_id', colocate_with => 'assessment');
SELECT create_distributed_table('survey_sending', 'organisation_id', colocate_with => 'assessment');
SELECT create_distributed_table('survey_left_out', 'organisation_id', colocate_with => 'assessment');
SELECT create_distributed_table('survey_invitation', 'organisation_id', colocate_with => 'assessment');
SELECT create_distributed_table('survey_comment', 'organisation_id', colocate_with => 'assessment');
SELECT create_distributed_table('survey_equality', 'organisation_id', colocate_with => 'assessment');
SELECT create_distributed_table('survey_mapping', 'organisation_id', colocate_with => 'assessment');
SELECT create_distributed_table('voice_board', 'organisation_id', colocate_with => 'assessment');
SELECT create_distributed_table('file_review', 'organisation_id', colocate_with => 'assessment');
SELECT create_distributed_table('file_review_frame', 'organisation_id', colocate_with => 'assessment');
SELECT create_distributed_table('file_review_stratum', 'organisation_id', colocate_with => 'assessment');
SELECT create_distributed_table('file_review_file', 'organisation_id', colocate_with => 'assessment');
SELECT create_distributed_table('file_review_reader', 'organisation_id', colocate_with => 'assessment');
SELECT create_distributed_table('file_reading', 'organisation_id', colocate_with => 'assessment');
SELECT create_distributed_table('file_agreed', 'organisation_id', colocate_with => 'assessment');
SELECT create_distributed_table('file_finding', 'organisation_id', colocate_with => 'assessment');

-- By trust, too, and a group of their own: the narrow rows of answers know the trust by a SMALLINT.
SELECT create_distributed_table('response', 'organisation_id', colocate_with => 'none');
SELECT create_distributed_table('response_wave', 'organisation_id', colocate_with => 'response');
SELECT create_distributed_table('survey_reply', 'organisation_id', colocate_with => 'response');
SELECT create_distributed_table('survey_brought', 'organisation_id', colocate_with => 'response');
SELECT create_distributed_table('survey_purged', 'organisation_id', colocate_with => 'response');

-- On the first node alone: one order for all, or seldom asked for.
-- stays: installation, one row that every write raises
-- stays: schema_migration, the list of these steps
-- stays: audit, one order of all writes
-- stays: ledger, one chain over all trusts
-- stays: move_note, words beside the ledger
-- stays: role_grant, of people and not of trusts
-- stays: session, of people
-- stays: notification_choice, of people
-- stays: notification_code, of people
-- stays: notification_sent, of people
-- stays: peer_set, of people or of a trust
-- stays: peer_set_trust, with peer_set
-- stays: cycle_edition, with cycles
-- stays: cycle_rule, with cycles
-- stays: cycle_change, with cycles
-- stays: reference_release, published figures are of organisations that are not trusts here
-- stays: published_organisation, with its release
-- stays: published_figure, with its release
-- stays: succession, with its release
-- stays: survey_key, one row
-- stays: claimed_work, one row for each work
