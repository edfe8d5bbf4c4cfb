-- SPDX-License-Identifier: GPL-3.0-or-later
-- The first schema. Facts and events are append-only: the triggers at the end catch our own bugs, not attackers.
-- Amounts wider than 64 bits are decimal text. Days are days since 1970-01-01, instants are UTC (seconds for charges,
-- microseconds elsewhere). A revision is the number of the event that made it.

CREATE TABLE ledger(
    id INTEGER PRIMARY KEY CHECK (id = 1),
    ledger_id TEXT NOT NULL,
    device TEXT NOT NULL,
    currency TEXT NOT NULL CHECK (length(currency) = 3),
    fiscal_year_start INTEGER NOT NULL CHECK (fiscal_year_start BETWEEN 1 AND 12),
    time_zone TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE events(
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE CHECK (length(id) = 32),
    type TEXT NOT NULL,
    actor TEXT NOT NULL,
    at INTEGER NOT NULL,
    canonical BLOB NOT NULL,
    signature BLOB NOT NULL
) STRICT;

-- A file as it came. Frames are pieces of its bytes, each compressed on their own, so that a line is reached without
-- unpacking the rest; first_line is the line on which the frame's first byte lies.
-- Frames, segments, roll-ups and quarantined rows are staged in transactions of their own while a file is read: they
-- belong to the ledger once their document or batch exists, and are litter before (an import that was cancelled or
-- killed), which the next import removes. That is why they have no foreign key.
CREATE TABLE documents(
    id INTEGER PRIMARY KEY,
    sha256 BLOB NOT NULL UNIQUE CHECK (length(sha256) = 32),
    byte_count INTEGER NOT NULL CHECK (byte_count >= 0)
) STRICT;

CREATE TABLE document_frames(
    document INTEGER NOT NULL,
    frame INTEGER NOT NULL,
    raw_offset INTEGER NOT NULL,
    raw_size INTEGER NOT NULL,
    first_line INTEGER NOT NULL,
    packed INTEGER NOT NULL CHECK (packed IN (0, 1)),
    bytes BLOB NOT NULL,
    PRIMARY KEY (document, frame)
) STRICT;

-- The dictionary: every text that a charge key uses, and the keys as pairs of text ids (field, value).
CREATE TABLE strings(
    id INTEGER PRIMARY KEY,
    text TEXT NOT NULL
) STRICT;

CREATE TABLE charge_keys(
    id INTEGER PRIMARY KEY,
    cells BLOB NOT NULL
) STRICT;

CREATE TABLE sources(
    name TEXT PRIMARY KEY,
    delivery TEXT NOT NULL CHECK (delivery IN ('overwrite', 'append'))
) STRICT, WITHOUT ROWID;

-- Fields with too many distinct values to be part of a charge key, from a batch on.
CREATE TABLE demoted_fields(
    source TEXT NOT NULL REFERENCES sources(name),
    field TEXT NOT NULL,
    batch INTEGER NOT NULL REFERENCES batches(id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (source, field)
) STRICT, WITHOUT ROWID;

CREATE TABLE batches(
    id INTEGER PRIMARY KEY,
    public_id TEXT NOT NULL,
    source TEXT NOT NULL REFERENCES sources(name),
    kind TEXT NOT NULL CHECK (kind IN ('billed', 'estimated', 'committed')),
    profile TEXT NOT NULL,
    mapping TEXT NOT NULL,
    focus_version TEXT NOT NULL,
    imported_at INTEGER NOT NULL,
    revision INTEGER NOT NULL REFERENCES events(seq) DEFERRABLE INITIALLY DEFERRED,
    rows_read INTEGER NOT NULL,
    rows_accepted INTEGER NOT NULL,
    rows_quarantined INTEGER NOT NULL,
    keys BLOB NOT NULL,
    CHECK (rows_read = rows_accepted + rows_quarantined)
) STRICT;
CREATE INDEX batches_by_public_id ON batches(public_id);

CREATE TABLE batch_documents(
    batch INTEGER NOT NULL REFERENCES batches(id) DEFERRABLE INITIALLY DEFERRED,
    ordinal INTEGER NOT NULL,
    document INTEGER NOT NULL REFERENCES documents(id) DEFERRABLE INITIALLY DEFERRED,
    name TEXT NOT NULL,
    PRIMARY KEY (batch, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX batch_documents_by_document ON batch_documents(document);

CREATE TABLE scopes(
    batch INTEGER NOT NULL REFERENCES batches(id) DEFERRABLE INITIALLY DEFERRED,
    ordinal INTEGER NOT NULL,
    billing_account TEXT NOT NULL,
    period_start INTEGER NOT NULL,
    period_end INTEGER NOT NULL,
    rows INTEGER NOT NULL,
    PRIMARY KEY (batch, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE scope_totals(
    batch INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    currency TEXT NOT NULL,
    charges INTEGER NOT NULL,
    billed TEXT NOT NULL,
    effective TEXT NOT NULL,
    list TEXT NOT NULL,
    contracted TEXT NOT NULL,
    PRIMARY KEY (batch, ordinal, currency),
    FOREIGN KEY (batch, ordinal) REFERENCES scopes(batch, ordinal) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

-- A later batch took a scope's place. A scope is live as of a revision when its batch is not newer than that and no
-- supersession up to it names the scope.
CREATE TABLE supersessions(
    batch INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    by_batch INTEGER NOT NULL REFERENCES batches(id) DEFERRABLE INITIALLY DEFERRED,
    revision INTEGER NOT NULL,
    PRIMARY KEY (batch, ordinal),
    FOREIGN KEY (batch, ordinal) REFERENCES scopes(batch, ordinal) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE control_totals(
    batch INTEGER NOT NULL REFERENCES batches(id) DEFERRABLE INITIALLY DEFERRED,
    column_name TEXT NOT NULL,
    currency TEXT NOT NULL,
    file TEXT NOT NULL,
    accepted TEXT NOT NULL,
    ledger TEXT NOT NULL,
    residual TEXT NOT NULL,
    PRIMARY KEY (batch, column_name, currency)
) STRICT, WITHOUT ROWID;

CREATE TABLE verdicts(
    batch INTEGER NOT NULL REFERENCES batches(id) DEFERRABLE INITIALLY DEFERRED,
    ordinal INTEGER NOT NULL,
    rule TEXT NOT NULL,
    column_name TEXT NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('finding', 'quarantine', 'reject', 'waived')),
    rows INTEGER NOT NULL,
    first_line INTEGER NOT NULL,
    sample TEXT NOT NULL,
    fix TEXT NOT NULL,
    PRIMARY KEY (batch, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE quarantined_rows(
    batch INTEGER NOT NULL,
    row INTEGER NOT NULL,
    document INTEGER NOT NULL,
    line INTEGER NOT NULL,
    rule TEXT NOT NULL,
    column_name TEXT NOT NULL,
    value TEXT NOT NULL,
    reason TEXT NOT NULL,
    raw_line TEXT NOT NULL,
    PRIMARY KEY (batch, row)
) STRICT, WITHOUT ROWID;

-- The charges, up to 65,536 to a row, column by column (ChargeSegment), and their daily roll-up (RollupCells).
CREATE TABLE charge_segments(
    batch INTEGER NOT NULL,
    segment INTEGER NOT NULL,
    first_row INTEGER NOT NULL,
    last_row INTEGER NOT NULL,
    first_day INTEGER NOT NULL,
    last_day INTEGER NOT NULL,
    rows INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (batch, segment)
) STRICT;

CREATE TABLE rollup_segments(
    batch INTEGER NOT NULL,
    segment INTEGER NOT NULL,
    first_day INTEGER NOT NULL,
    last_day INTEGER NOT NULL,
    cells INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (batch, segment)
) STRICT;

CREATE TABLE rulesets(
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    effective_from INTEGER NOT NULL,
    published_at INTEGER NOT NULL,
    revision INTEGER NOT NULL REFERENCES events(seq) DEFERRABLE INITIALLY DEFERRED,
    sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
    body TEXT NOT NULL
) STRICT;

-- Each version of the organisation as a whole, in the form it is imported in: history is never rewritten.
CREATE TABLE organisations(
    version INTEGER PRIMARY KEY,
    published_at INTEGER NOT NULL,
    revision INTEGER NOT NULL REFERENCES events(seq) DEFERRABLE INITIALLY DEFERRED,
    sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
    body TEXT NOT NULL
) STRICT;

CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger BEGIN SELECT RAISE(ABORT, 'ledger is append-only'); END;
CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger BEGIN SELECT RAISE(ABORT, 'ledger is append-only'); END;
CREATE TRIGGER events_no_update BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events is append-only'); END;
CREATE TRIGGER events_no_delete BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events is append-only'); END;
CREATE TRIGGER documents_no_update BEFORE UPDATE ON documents BEGIN SELECT RAISE(ABORT, 'documents is append-only'); END;
CREATE TRIGGER documents_no_delete BEFORE DELETE ON documents BEGIN SELECT RAISE(ABORT, 'documents is append-only'); END;
CREATE TRIGGER document_frames_no_update BEFORE UPDATE ON document_frames BEGIN SELECT RAISE(ABORT, 'document_frames is append-only'); END;
CREATE TRIGGER document_frames_no_delete BEFORE DELETE ON document_frames WHEN EXISTS (SELECT 1 FROM documents WHERE id = OLD.document) BEGIN SELECT RAISE(ABORT, 'document_frames is append-only'); END;
CREATE TRIGGER strings_no_update BEFORE UPDATE ON strings BEGIN SELECT RAISE(ABORT, 'strings is append-only'); END;
CREATE TRIGGER strings_no_delete BEFORE DELETE ON strings BEGIN SELECT RAISE(ABORT, 'strings is append-only'); END;
CREATE TRIGGER charge_keys_no_update BEFORE UPDATE ON charge_keys BEGIN SELECT RAISE(ABORT, 'charge_keys is append-only'); END;
CREATE TRIGGER charge_keys_no_delete BEFORE DELETE ON charge_keys BEGIN SELECT RAISE(ABORT, 'charge_keys is append-only'); END;
CREATE TRIGGER demoted_fields_no_update BEFORE UPDATE ON demoted_fields BEGIN SELECT RAISE(ABORT, 'demoted_fields is append-only'); END;
CREATE TRIGGER demoted_fields_no_delete BEFORE DELETE ON demoted_fields BEGIN SELECT RAISE(ABORT, 'demoted_fields is append-only'); END;
CREATE TRIGGER batches_no_update BEFORE UPDATE ON batches BEGIN SELECT RAISE(ABORT, 'batches is append-only'); END;
CREATE TRIGGER batches_no_delete BEFORE DELETE ON batches BEGIN SELECT RAISE(ABORT, 'batches is append-only'); END;
CREATE TRIGGER batch_documents_no_update BEFORE UPDATE ON batch_documents BEGIN SELECT RAISE(ABORT, 'batch_documents is append-only'); END;
CREATE TRIGGER batch_documents_no_delete BEFORE DELETE ON batch_documents BEGIN SELECT RAISE(ABORT, 'batch_documents is append-only'); END;
CREATE TRIGGER scopes_no_update BEFORE UPDATE ON scopes BEGIN SELECT RAISE(ABORT, 'scopes is append-only'); END;
CREATE TRIGGER scopes_no_delete BEFORE DELETE ON scopes BEGIN SELECT RAISE(ABORT, 'scopes is append-only'); END;
CREATE TRIGGER scope_totals_no_update BEFORE UPDATE ON scope_totals BEGIN SELECT RAISE(ABORT, 'scope_totals is append-only'); END;
CREATE TRIGGER scope_totals_no_delete BEFORE DELETE ON scope_totals BEGIN SELECT RAISE(ABORT, 'scope_totals is append-only'); END;
CREATE TRIGGER supersessions_no_update BEFORE UPDATE ON supersessions BEGIN SELECT RAISE(ABORT, 'supersessions is append-only'); END;
CREATE TRIGGER supersessions_no_delete BEFORE DELETE ON supersessions BEGIN SELECT RAISE(ABORT, 'supersessions is append-only'); END;
CREATE TRIGGER control_totals_no_update BEFORE UPDATE ON control_totals BEGIN SELECT RAISE(ABORT, 'control_totals is append-only'); END;
CREATE TRIGGER control_totals_no_delete BEFORE DELETE ON control_totals BEGIN SELECT RAISE(ABORT, 'control_totals is append-only'); END;
CREATE TRIGGER verdicts_no_update BEFORE UPDATE ON verdicts BEGIN SELECT RAISE(ABORT, 'verdicts is append-only'); END;
CREATE TRIGGER verdicts_no_delete BEFORE DELETE ON verdicts BEGIN SELECT RAISE(ABORT, 'verdicts is append-only'); END;
CREATE TRIGGER quarantined_rows_no_update BEFORE UPDATE ON quarantined_rows BEGIN SELECT RAISE(ABORT, 'quarantined_rows is append-only'); END;
CREATE TRIGGER quarantined_rows_no_delete BEFORE DELETE ON quarantined_rows WHEN EXISTS (SELECT 1 FROM batches WHERE id = OLD.batch) BEGIN SELECT RAISE(ABORT, 'quarantined_rows is append-only'); END;
CREATE TRIGGER charge_segments_no_update BEFORE UPDATE ON charge_segments BEGIN SELECT RAISE(ABORT, 'charge_segments is append-only'); END;
CREATE TRIGGER charge_segments_no_delete BEFORE DELETE ON charge_segments WHEN EXISTS (SELECT 1 FROM batches WHERE id = OLD.batch) BEGIN SELECT RAISE(ABORT, 'charge_segments is append-only'); END;
CREATE TRIGGER rollup_segments_no_update BEFORE UPDATE ON rollup_segments BEGIN SELECT RAISE(ABORT, 'rollup_segments is append-only'); END;
CREATE TRIGGER rollup_segments_no_delete BEFORE DELETE ON rollup_segments WHEN EXISTS (SELECT 1 FROM batches WHERE id = OLD.batch) BEGIN SELECT RAISE(ABORT, 'rollup_segments is append-only'); END;
CREATE TRIGGER rulesets_no_update BEFORE UPDATE ON rulesets BEGIN SELECT RAISE(ABORT, 'rulesets is append-only'); END;
CREATE TRIGGER rulesets_no_delete BEFORE DELETE ON rulesets BEGIN SELECT RAISE(ABORT, 'rulesets is append-only'); END;
CREATE TRIGGER organisations_no_update BEFORE UPDATE ON organisations BEGIN SELECT RAISE(ABORT, 'organisations is append-only'); END;
CREATE TRIGGER organisations_no_delete BEFORE DELETE ON organisations BEGIN SELECT RAISE(ABORT, 'organisations is append-only'); END;
