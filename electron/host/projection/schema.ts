import { createHash } from 'node:crypto';
import type { CaseRow } from '#contract/cases.ts';

/** The database holds at most this much: beyond about 3.8 GB the engine would spin for ever (live-and-storage.md PJ7). */
const MAX_PAGES = (2 * 1024 * 1024 * 1024) / 4_096;

/** Goes up when materialize.ts fills the same columns with other contents. */
const MATERIALIZER_VERSION = 2;

/** Set on every opening; they are not part of the file. The rollback journal lies in memory beside the database. */
export const pragmas = `
  pragma journal_mode = memory;
  pragma synchronous = off;
  pragma temp_store = memory;
  pragma max_page_count = ${MAX_PAGES};
`;

/**
 * One row per case. `sequences` is a JSON list; `area_path` and `search` are made by search-text.ts; `ended_at` is null as
 * long as the case is open.
 */
export const schema = `
  -- filled by materialize.ts, version ${MATERIALIZER_VERSION}
  create table cases (
    id text primary key not null,
    record text not null,
    version integer not null,
    sequence integer not null,
    state text not null,
    state_since integer not null,
    source text not null,
    class_kind text not null,
    class_code text not null,
    class_name text not null,
    description text not null,
    address text not null,
    lon real,
    lat real,
    grid_code text,
    holder_unit text,
    holder_post text,
    holder_since integer,
    clock text,
    clock_started_at integer,
    due_at integer,
    reported_at integer not null,
    recorded_at integer not null,
    closed_at integer,
    return_count integer not null,
    rework_count integer not null,
    open_supervisions integer not null,
    merged_count integer not null,
    is_urgent integer not null,
    is_demo integer not null,
    is_archived integer not null,
    sequences text not null,
    class_key text not null,
    reporter_id text,
    ended_at integer,
    area_path text not null,
    search text not null
  ) strict;
  create index cases_by_state on cases (state);
  create index cases_by_report on cases (reported_at, id);
  create index cases_by_due on cases (due_at) where due_at is not null;
  create index cases_by_end on cases (ended_at, id) where ended_at is not null;
  create table position (
    only_row integer primary key check (only_row = 1),
    schema_hash text not null,
    journal_id text not null,
    sequence integer not null,
    hash text not null
  ) strict;
`;

/** Another hash means tables of another make: they are deleted and filled again, never migrated. */
export const schemaHash = createHash('sha256').update(schema).digest('hex');

/** Where each field of a row is kept, in the order in which statements list them. */
const columnOf = {
  id: 'id',
  record: 'record',
  version: 'version',
  sequence: 'sequence',
  state: 'state',
  stateSince: 'state_since',
  source: 'source',
  classKind: 'class_kind',
  classCode: 'class_code',
  className: 'class_name',
  description: 'description',
  address: 'address',
  lon: 'lon',
  lat: 'lat',
  gridCode: 'grid_code',
  holderUnit: 'holder_unit',
  holderPost: 'holder_post',
  holderSince: 'holder_since',
  clock: 'clock',
  clockStartedAt: 'clock_started_at',
  dueAt: 'due_at',
  reportedAt: 'reported_at',
  recordedAt: 'recorded_at',
  closedAt: 'closed_at',
  returnCount: 'return_count',
  reworkCount: 'rework_count',
  openSupervisions: 'open_supervisions',
  mergedCount: 'merged_count',
  isUrgent: 'is_urgent',
  isDemo: 'is_demo',
  isArchived: 'is_archived',
} as const satisfies Record<keyof CaseRow, string>;

export const rowFields = Object.keys(columnOf) as readonly (keyof CaseRow)[];
const rowColumns = Object.values(columnOf);
/** In the order of materialize.ts. */
export const allColumns = [...rowColumns, 'sequences', 'class_key', 'reporter_id', 'ended_at', 'area_path', 'search'];

/** Columns of a {@link CaseRow} as a select list, in the order of {@link rowFields}. */
export const selectedColumns = rowColumns.join(', ');

/** What {@link SameCauseFacts} are made of, in the order of `factsOf` in materialize.ts. */
export const factColumns =
  'id, record, class_key, class_name, lon, lat, grid_code, address, description, reported_at, ended_at, reporter_id';

/** Takes the values of materialize.ts. A row never goes over a newer one. */
export const upsertCase = `
  insert into cases (${allColumns.join(', ')}) values (${allColumns.map(() => '?').join(', ')})
  on conflict (id) do update set ${allColumns
    .filter((column) => column !== 'id')
    .map((column) => `${column} = excluded.${column}`)
    .join(', ')}
  where excluded.sequence >= cases.sequence
`;

/** Takes an id. */
export const selectStored = `select ${allColumns.join(', ')} from cases where id = ?`;
/** Takes an id. */
export const selectSequences = 'select sequences from cases where id = ?';
export const selectIds = 'select id from cases';

/** Takes schema hash, journal id, sequence, hash. */
export const insertPosition =
  'insert into position (only_row, schema_hash, journal_id, sequence, hash) values (1, ?, ?, ?, ?)';
/** Takes a sequence. */
export const movePosition = 'update position set sequence = ?';
/** Takes the journal's hash at the sequence. */
export const stampPosition = 'update position set hash = ?';
export const selectPosition = 'select schema_hash, journal_id, sequence, hash from position';
export const transaction = { begin: 'begin immediate', commit: 'commit', rollback: 'rollback' } as const;
