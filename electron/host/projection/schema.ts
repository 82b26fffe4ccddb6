import { createHash } from 'node:crypto';
import type { CaseRow } from '#contract/cases.ts';

/** The database holds at most this much: beyond about 3.8 GB the engine would spin for ever (live-and-storage.md PJ7). */
export const MAX_BYTES = 2 * 1024 * 1024 * 1024;
const MAX_PAGES = MAX_BYTES / 4_096;

/** Goes up when materialize.ts fills the same columns with other contents. */
const MATERIALIZER_VERSION = 3;

/**
 * Set on every opening; they are not part of the file. The rollback journal lies in memory beside the database. Nobody else
 * can open it: without a lock held for good each statement would look whether somebody has.
 */
const pragmas = `
  pragma locking_mode = exclusive;
  pragma journal_mode = memory;
  pragma synchronous = off;
  pragma temp_store = memory;
  pragma max_page_count = ${MAX_PAGES};
`;

/**
 * One row per case. `year` is that of its file once it has ended; `sequences` is a JSON list; `ended_at` is null as long
 * as the case is open; `area_path` and `folded` are made by search-text.ts.
 */
const casesTable = `
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
    external text,
    year text not null,
    ended_at integer,
    area_path text not null,
    folded text
  ) strict;
  create index cases_by_report on cases (reported_at, id);
`;

/** What a file holds: the cases that are open, or those of a year that have ended. */
export type FileKind = 'open' | 'ended';

/**
 * The open cases of a district lie in the cache as a whole, some 600 bytes each, and are walked through again and again; a
 * year would not fit, and only one walk goes through it. The cache is the engine's own memory, which never shrinks.
 */
export const pragmasOf: Readonly<Record<FileKind, string>> = {
  open: `${pragmas} pragma cache_size = -65536;`,
  ended: `${pragmas} pragma cache_size = -8192;`,
};

/** A file of the ended cases is never asked for states alone, nor one of the open cases for endings. */
export const schemas: Readonly<Record<FileKind, string>> = {
  open: `${casesTable}
    create index cases_by_state on cases (state, reported_at, id);
    create index cases_by_year on cases (year, reported_at, id);
    create index cases_by_due on cases (due_at) where due_at is not null;
  `,
  ended: `${casesTable}
    create index cases_by_end on cases (ended_at, id) where ended_at is not null;
  `,
};

/** Another hash means tables of another make: they are deleted and filled again, never migrated. */
export const schemaHash = createHash('sha256').update(JSON.stringify(schemas)).digest('hex');

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
export const allColumns = [
  ...rowColumns,
  'sequences',
  'class_key',
  'reporter_id',
  'external',
  'year',
  'ended_at',
  'area_path',
  'folded',
];

/** Columns of a {@link CaseRow} as a select list, in the order of {@link rowFields}. */
export const selectedColumns = rowColumns.join(', ');

/** What `SameCauseFacts` are made of, in the order of `factsOf` in materialize.ts. */
export const factColumns =
  'id, record, class_key, class_name, lon, lat, grid_code, address, description, reported_at, ended_at, reporter_id';

/** Takes the values of materialize.ts. */
export const upsertCase = `
  insert into cases (${allColumns.join(', ')}) values (${allColumns.map(() => '?').join(', ')})
  on conflict (id) do update set ${allColumns
    .filter((column) => column !== 'id')
    .map((column) => `${column} = excluded.${column}`)
    .join(', ')}
`;

/** Takes an id. */
export const selectFound = 'select sequence, state, record, year from cases where id = ?';
/** Takes an id. */
export const selectSequences = 'select sequences from cases where id = ?';
/** Takes an id; the row's place in the file comes first. */
export const selectStored = `select rowid, ${allColumns.join(', ')} from cases where id = ?`;
/** Takes an id. */
export const deleteCase = 'delete from cases where id = ?';
/** Place in the file and id of every case. */
export const selectPlaces = 'select rowid, id from cases';
/** Takes a year. */
export const selectNewest = 'select max(reported_at) from cases where year = ?';
export const selectCounts = 'select state, record, year, count(*) from cases group by state, record, year';
export const selectBytes = 'select page_count * page_size from pragma_page_count, pragma_page_size';
export const transaction = { begin: 'begin immediate', commit: 'commit' } as const;
