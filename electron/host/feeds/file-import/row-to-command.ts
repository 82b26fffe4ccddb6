import type { ImportField, ImportMapping, RowRemark } from '#contract/imports.ts';
import { maskPersonalNumbers } from '#domain/access/mask.ts';
import type { CaseCommand } from '#domain/case/commands.ts';
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

export type RowReader = (row: FileRow) => RowOutcome;

const FEED = 'file';
const MAX_TEXT = 2_000;
const MAX_EXTRA = 500;

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

/** Makes the reader of one file's rows: each becomes a command with an id of its own, or is refused with the reason. */
export function rowReader(context: RowContext): RowReader {
  const { mapping, columns, classes, locate, readDate } = context;
  const missing = new Set(mapping.missing ?? ['']);
  const at = new Map(columns.map((column, index) => [column, index]));
  const mapped = new Set(Object.values(mapping.columns));
  const extraColumns = columns.flatMap((column, index) =>
    mapped.has(column) ? [] : [{ name: column || `#${index + 1}`, index }],
  );
  const states = new Map(Object.entries(mapping.states ?? {}));

  return (row) => {
    const cell = (field: ImportField): string => {
      const column = mapping.columns[field];
      const text = column === undefined ? '' : (row.cells[at.get(column) ?? -1] ?? '').trim();
      return missing.has(text) ? '' : text;
    };
    const remark = (field: ImportField | 'row', reason: RowReason, value: string): RowRemark => ({
      row: row.number,
      field,
      reason,
      value: maskPersonalNumbers(value).slice(0, 200),
    });
    const refuse = (field: ImportField | 'row', reason: RowReason, value: string): RowOutcome => ({
      ok: false,
      remark: remark(field, reason, value),
    });
    const warnings: RowRemark[] = [];
    const warn = (field: ImportField, reason: RowReason, value: string) => warnings.push(remark(field, reason, value));

    if (row.cells.length !== columns.length) {
      return refuse('row', 'field_count', `${row.cells.length} instead of ${columns.length}`);
    }
    const externalId = cell('externalId');
    if (externalId === '') return refuse('externalId', 'id_missing', '');
    const opened = cell('reportedAt');
    if (opened === '') return refuse('reportedAt', 'date_missing', '');
    const reportedAt = readDate(opened);
    if (reportedAt === null) return refuse('reportedAt', 'date_unreadable', opened);

    const closed = cell('closedAt');
    const closedAt = closed === '' ? null : readDate(closed);
    if (closed !== '' && closedAt === null) warn('closedAt', 'closed_unreadable', closed);
    if (closedAt !== null && closedAt < reportedAt) warn('closedAt', 'closed_before_opened', `${opened} → ${closed}`);
    const state = stateOf();
    if (state === 'closed' && closedAt === null && closed === '') warn('closedAt', 'closed_time_missing', '');

    const point = pointOf();
    if (point !== null && locate(point.lon, point.lat) === null)
      warn('lon', 'outside_district', `${point.lon}, ${point.lat}`);

    const className = cell('class');
    const extra: Record<string, string> = {};
    for (const { name, index } of extraColumns) {
      const text = (row.cells[index] ?? '').trim();
      if (!missing.has(text) && text !== '') extra[name] = maskPersonalNumbers(text).slice(0, MAX_EXTRA);
    }
    const sourceText = cell('source');
    const source = sourceWords.find(([pattern]) => pattern.test(sourceText))?.[1] ?? 'import';
    if (source === 'import' && sourceText !== '')
      extra[mapping.columns.source ?? 'source'] = sourceText.slice(0, MAX_EXTRA);

    const command: CaseCommand = {
      // The same row again has the same id, whatever the file is called: one effect (live-and-storage.md §5).
      id: `${FEED}:${externalId}`.slice(0, 80),
      actor: { id: 'import', roles: ['SYSTEM'], unit: null },
      body: {
        type: 'report',
        source,
        classRef: classOf(className),
        lon: point?.lon ?? null,
        lat: point?.lat ?? null,
        address: maskPersonalNumbers(cell('address')).slice(0, MAX_EXTRA),
        description: maskPersonalNumbers(cell('text') || className).slice(0, MAX_TEXT),
        reportedAt,
        reporterId: null,
        external: { feed: FEED, id: externalId },
        extra,
        isDemo: false,
        imported: { state, closedAt: state === 'closed' ? closedAt : null },
      },
    };
    return { ok: true, command, externalId, warnings };

    function stateOf(): 'open' | 'closed' {
      const word = cell('state');
      if (word === '') return closedAt === null ? 'open' : 'closed';
      const byMapping = states.get(word);
      if (byMapping !== undefined) return byMapping;
      const plain = word.toLowerCase();
      if (closedWords.includes(plain)) return 'closed';
      if (!openWords.includes(plain)) warn('state', 'state_unknown', word);
      return 'open';
    }

    function pointOf(): { readonly lon: number; readonly lat: number } | null {
      const [lonText, latText] = [cell('lon'), cell('lat')];
      if (lonText === '' && latText === '') return null;
      const [lon, lat] = [lonText === '' ? NaN : Number(lonText), latText === '' ? NaN : Number(latText)];
      if (Math.abs(lon) <= 180 && Math.abs(lat) <= 90) return { lon, lat };
      warn('lon', 'position_unreadable', `${lonText}, ${latText}`);
      return null;
    }

    function classOf(text: string): ClassRef {
      const name = maskPersonalNumbers(text).slice(0, 200);
      return classes.find(text) ?? { standardRef: FEED, kind: 'other', code: name.slice(0, 80), name };
    }
  };
}
