import { hash } from 'node:crypto';
import type { ImportField, ImportMapping, RowRemark } from '#contract/imports.ts';
import { maskPersonalNumbers } from '#domain/access/mask.ts';
import type { Actor } from '#domain/access/roles.ts';
import type { CaseCommand, ReportCase } from '#domain/case/commands.ts';
import type { ClassRef, Source } from '#domain/case/state.ts';
import type { ClassTable } from '#domain/coding/class-table.ts';
import type { DateReader } from './read-date.ts';
import type { FileRow } from './read-rows.ts';
import type { RowReason } from './remarks.ts';

export interface RowContext {
  readonly mapping: ImportMapping;
  readonly columns: readonly string[];
  readonly readDate: DateReader;
  readonly classes: ClassTable;
  readonly locate: (lon: number, lat: number) => string | null;
}

export type RowOutcome =
  | {
      readonly ok: true;
      readonly command: CaseCommand;
      readonly externalId: string;
      readonly warnings: readonly RowRemark[];
    }
  | { readonly ok: false; readonly remark: RowRemark };

const FEED = 'file';
const MAX_TEXT = 2_000;
const MAX_EXTRA = 500;
const KEPT_WORDS = 1_000;

const importer: Actor = { id: 'import', roles: ['SYSTEM'], unit: null };

/** Words for states that a mapping need not list. */
const openWords = ['open', 'opened', 'pending', '未结案', '处理中', '办理中', '待处理', '受理'];
const closedWords = ['closed', 'resolved', 'done', '结案', '已结案', '办结', '已办结', '关闭', '已关闭'];

const sourceWords: readonly (readonly [RegExp, Source])[] = [
  [/12345|热线/, 'hotline'],
  [/网格|监督员|巡查/, 'grid_staff'],
  [/视频|监控/, 'video'],
  [/领导|批示/, 'leader'],
  [/小巷管家/, 'lane_steward'],
  [/部门|转办/, 'department'],
];

/** The reader of one file's rows: each becomes a command with an id of its own, or is refused with the reason. */
export class RowReader {
  readonly #context: RowContext;
  readonly #missing: ReadonlySet<string>;
  /** Longer texts are not looked for among the missing ones. */
  readonly #longestMissing: number;
  readonly #columnOf: Readonly<Partial<Record<ImportField, number>>>;
  readonly #extraColumns: readonly { readonly name: string; readonly index: number }[];
  readonly #states: ReadonlyMap<string, 'open' | 'closed'>;
  readonly #sources = new Map<string, Source>();
  readonly #classes = new Map<string, ClassRef>();

  constructor(context: RowContext) {
    const { mapping, columns } = context;
    this.#context = context;
    this.#missing = new Set(mapping.missing ?? ['']);
    this.#longestMissing = Math.max(0, ...Array.from(this.#missing, ({ length }) => length));
    const places = Object.entries(mapping.columns).map(
      ([field, column]) => [field as ImportField, columns.indexOf(column ?? '')] as const,
    );
    this.#columnOf = Object.fromEntries(places.filter(([, index]) => index >= 0));
    const mapped = new Set(Object.values(this.#columnOf));
    this.#extraColumns = columns.flatMap((column, index) =>
      mapped.has(index) ? [] : [{ name: column || `#${index + 1}`, index }],
    );
    this.#states = new Map(Object.entries(mapping.states ?? {}));
  }

  read(row: FileRow): RowOutcome {
    const { columns, readDate } = this.#context;
    if (row.cells.length !== columns.length) {
      return refuse(row, 'row', 'field_count', `${row.cells.length} instead of ${columns.length}`);
    }
    const externalId = this.#cell(row, 'externalId');
    if (externalId === '') return refuse(row, 'externalId', 'id_missing', '');
    const opened = this.#cell(row, 'reportedAt');
    if (opened === '') return refuse(row, 'reportedAt', 'date_missing', '');
    const reportedAt = readDate(opened);
    if (reportedAt === null) return refuse(row, 'reportedAt', 'date_unreadable', opened);

    const warnings: RowRemark[] = [];
    const closed = this.#cell(row, 'closedAt');
    const closedAt = closed === '' ? null : readDate(closed);
    if (closed !== '' && closedAt === null) warnings.push(remark(row, 'closedAt', 'closed_unreadable', closed));
    if (closedAt !== null && closedAt < reportedAt) {
      warnings.push(remark(row, 'closedAt', 'closed_before_opened', `${opened} → ${closed}`));
    }
    const state = this.#state(row, closedAt !== null, warnings);
    if (state === 'closed' && closed === '') warnings.push(remark(row, 'closedAt', 'closed_time_missing', ''));

    const className = this.#cell(row, 'class');
    const point = this.#point(row, warnings);
    const { source, extra } = this.#sourceAndExtra(row);
    const body: ReportCase = {
      type: 'report',
      source,
      classRef: this.#class(className),
      lon: point?.lon ?? null,
      lat: point?.lat ?? null,
      address: maskPersonalNumbers(this.#cell(row, 'address')).slice(0, MAX_EXTRA),
      description: maskPersonalNumbers(this.#cell(row, 'text') || className).slice(0, MAX_TEXT),
      reportedAt,
      reporterId: null,
      external: { feed: FEED, id: externalId },
      extra,
      isDemo: false,
      imported: { state, closedAt: state === 'closed' ? closedAt : null },
    };
    return { ok: true, command: { id: commandId(externalId), actor: importer, body }, externalId, warnings };
  }

  /** Trimmed; empty for what the mapping calls missing. */
  #cell(row: FileRow, field: ImportField): string {
    const index = this.#columnOf[field];
    return index === undefined ? '' : this.#text(row, index);
  }

  #text(row: FileRow, index: number): string {
    const text = (row.cells[index] ?? '').trim();
    return text.length <= this.#longestMissing && this.#missing.has(text) ? '' : text;
  }

  #state(row: FileRow, hasClosedAt: boolean, warnings: RowRemark[]): 'open' | 'closed' {
    const word = this.#cell(row, 'state');
    if (word === '') return hasClosedAt ? 'closed' : 'open';
    const byMapping = this.#states.get(word);
    if (byMapping !== undefined) return byMapping;
    const plain = word.toLowerCase();
    if (closedWords.includes(plain)) return 'closed';
    if (!openWords.includes(plain)) warnings.push(remark(row, 'state', 'state_unknown', word));
    return 'open';
  }

  #point(row: FileRow, warnings: RowRemark[]): { readonly lon: number; readonly lat: number } | null {
    const lonText = this.#cell(row, 'lon');
    const latText = this.#cell(row, 'lat');
    if (lonText === '' && latText === '') return null;
    const lon = lonText === '' ? NaN : Number(lonText);
    const lat = latText === '' ? NaN : Number(latText);
    if (!(Math.abs(lon) <= 180 && Math.abs(lat) <= 90)) {
      warnings.push(remark(row, 'lon', 'position_unreadable', `${lonText}, ${latText}`));
      return null;
    }
    if (this.#context.locate(lon, lat) === null) {
      warnings.push(remark(row, 'lon', 'outside_district', `${lon}, ${lat}`));
    }
    return { lon, lat };
  }

  /** What no field holds is kept as extra facts; so is a source that is none of ours. */
  #sourceAndExtra(row: FileRow): { readonly source: Source; readonly extra: Readonly<Record<string, string>> } {
    const extra: Record<string, string> = {};
    for (const { name, index } of this.#extraColumns) {
      const text = this.#text(row, index);
      if (text !== '') extra[name] = maskPersonalNumbers(text).slice(0, MAX_EXTRA);
    }
    const word = this.#cell(row, 'source');
    const source = this.#source(word);
    if (source === 'import' && word !== '') {
      extra[this.#context.mapping.columns.source ?? 'source'] = maskPersonalNumbers(word).slice(0, MAX_EXTRA);
    }
    return { source, extra };
  }

  /** Files have few words for sources, and each many times. */
  #source(word: string): Source {
    const known = this.#sources.get(word);
    if (known !== undefined) return known;
    const source = sourceWords.find(([pattern]) => pattern.test(word))?.[1] ?? 'import';
    if (this.#sources.size < KEPT_WORDS) this.#sources.set(word, source);
    return source;
  }

  /** One reference for all rows of a class: cases keep it. */
  #class(text: string): ClassRef {
    const known = this.#classes.get(text);
    if (known !== undefined) return known;
    const found = this.#context.classes.find(text) ?? ownClass(text);
    if (this.#classes.size < KEPT_WORDS) this.#classes.set(text, found);
    return found;
  }
}

function ownClass(text: string): ClassRef {
  const name = maskPersonalNumbers(text).slice(0, 200);
  return { standardRef: FEED, kind: 'other', code: name.slice(0, 80), name };
}

/** The same outside number has the same id, whatever the file is called: one effect (live-and-storage.md §5). */
function commandId(externalId: string): string {
  return `${FEED}:${externalId.length <= 64 ? externalId : hash('sha256', externalId, 'hex')}`;
}

function remark(row: FileRow, field: ImportField | 'row', reason: RowReason, value: string): RowRemark {
  return { row: row.number, field, reason, value: maskPersonalNumbers(value).slice(0, 200) };
}

function refuse(row: FileRow, field: ImportField | 'row', reason: RowReason, value: string): RowOutcome {
  return { ok: false, remark: remark(row, field, reason, value) };
}
