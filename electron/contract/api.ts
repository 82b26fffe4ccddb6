import { alarmMethods } from './alarm-methods.ts';
import { AttachmentHandle, AttachmentHash, AttachmentOffer } from './attachments.ts';
import { AuditPage, AuditQuery } from './audit.ts';
import * as backup from './backup.ts';
import { baseMapMethods } from './base-map-methods.ts';
import { briefingMethods } from './briefing-methods.ts';
import { actMethods } from './case-acts.ts';
import * as board from './board.ts';
import * as cases from './cases.ts';
import { ClockExplanation } from './clock.ts';
import * as dispatch from './dispatch.ts';
import * as district from './district.ts';
import { fieldMethods } from './field-methods.ts';
import { figureMethods } from './figure-methods.ts';
import * as grid from './grid.ts';
import * as health from './health.ts';
import * as imports from './imports.ts';
import { method, stream, type Method, type Stream } from './method.ts';
import { peopleMethods } from './people-methods.ts';
import * as reference from './reference.ts';
import * as sameCause from './same-cause.ts';
import { NoInput, z } from './schema.ts';
import { shiftMethods } from './shift-methods.ts';
import * as tables from './tables.ts';
import { wallMethods } from './wall-methods.ts';
import { Warnings, WarningsQuery } from './warnings.ts';

const onRecord = ['journal_full', 'journal_read_only', 'busy'] as const;

const id = '20261124000001';

/**
 * The one table of methods and streams. Everything is derived from it: the dispatcher's handlers (a missing one is a
 * compile error), the client's types, `ctl --help`. Every method may also answer the errors of asking: `bad_input`,
 * `forbidden`, `cancelled`, `unavailable`, `archive_unavailable`, `internal`.
 */
export const api = {
  'health.get': method({
    input: NoInput,
    output: health.Health,
    errors: [],
    needs: 'health.read',
    about: 'state of the host, its journal and projection, and what is wrong now',
    example: {},
  }),
  'health.watch': stream({
    input: NoInput,
    item: health.Health,
    errors: [],
    needs: 'health.read',
    about: 'health whenever it changes',
    example: {},
  }),
  'journal.verify': method({
    input: NoInput,
    output: health.JournalReport,
    errors: ['unavailable'],
    needs: 'journal.verify',
    about: 'walks the whole journal: checksums, hash chain, sequences',
    example: {},
  }),
  'audit.list': method({
    input: AuditQuery,
    output: AuditPage,
    errors: [],
    needs: 'audit.read',
    about: 'who did what to the host itself: backups, settings, rule tables, imports; newest first',
    example: { limit: 20 },
  }),
  'backup.status': method({
    input: NoInput,
    output: backup.BackupStatus,
    errors: [],
    needs: 'backup.run',
    about: 'where backups go, the last good one, what is under way',
    example: {},
  }),
  'backup.watch': stream({
    input: NoInput,
    item: backup.BackupStatus,
    errors: [],
    needs: 'backup.run',
    about: 'the same whenever it changes',
    example: {},
  }),
  'backup.configure': method({
    input: backup.BackupSettings,
    output: backup.BackupStatus,
    errors: ['unavailable'],
    needs: 'backup.run',
    about: 'sets folder, time of day and the age that is told',
    example: { folder: null, dailyAt: '02:30', warnAfterHours: 48 },
  }),
  'backup.run': method({
    input: backup.BackupRun,
    output: backup.BackupDone,
    errors: ['backup_running', 'backup_not_set', 'backup_folder', 'backup_failed'],
    needs: 'backup.run',
    about: 'copies what is new, reads the whole backup back and walks its chain',
    example: {},
  }),
  'backup.drill': method({
    input: NoInput,
    output: backup.DrillReport,
    errors: ['backup_running', 'backup_not_set', 'backup_folder', 'backup_failed'],
    needs: 'backup.run',
    about: 'restores the last backup beside the data, verifies it, and removes it again',
    example: {},
  }),
  'simulation.set': method({
    input: health.SimulationSet,
    output: health.SimulationState,
    errors: ['unavailable'],
    needs: 'simulation.control',
    about: 'pauses or resumes the simulator (演示数据)',
    example: { isRunning: false },
  }),
  'grid.summary': method({
    input: NoInput,
    output: grid.GridSummary,
    errors: [],
    needs: 'grid.read',
    about: 'how many areas each level of the district has',
    example: {},
  }),
  'grid.locate': method({
    input: grid.Point,
    output: grid.Located,
    errors: [],
    needs: 'grid.read',
    about: 'the grid of the finest level that holds a point',
    example: { lon: 116.65, lat: 40.13 },
  }),
  'district.get': method({
    input: NoInput,
    output: grid.DistrictMap,
    errors: [],
    needs: 'grid.read',
    about: 'the whole net with outlines, for drawing',
    example: {},
  }),
  'district.examine': method({
    input: district.DistrictExamine,
    output: district.DistrictReport,
    errors: ['file_unreadable', 'examination_running', 'examination_failed'],
    needs: 'district.edit',
    about: 'reads a district file: coordinates, gaps, overlaps, codes; nothing is taken over',
    example: { path: '/data/district.zip' },
  }),
  'district.cancel': method({
    input: district.ExaminationRef,
    output: z.object({ isCancelled: z.boolean() }),
    errors: [],
    needs: 'district.edit',
    about: 'stops a running examination',
    example: { examinationId: 'examination-1' },
  }),
  'district.watch': stream({
    input: NoInput,
    item: district.DistrictProgress,
    errors: [],
    needs: 'district.edit',
    about: 'progress of the examination under way',
    example: {},
  }),
  'district.place': method({
    input: district.DistrictPlaceQuery,
    output: district.DistrictPlace,
    errors: ['examination_gone', 'not_found'],
    needs: 'district.edit',
    about: 'one problem of an examined file, for drawing',
    example: { examinationId: 'examination-1', level: 4, problem: 0 },
  }),
  'district.difference': method({
    input: district.ExaminationRef,
    output: district.DistrictDifference,
    errors: ['examination_gone', 'unavailable'],
    needs: 'district.edit',
    about: 'what an examined file would change of the district in force: split, merged, added, gone, moved, renamed',
    example: { examinationId: 'examination-1' },
  }),
  'district.changePlace': method({
    input: district.DistrictChangeQuery,
    output: district.DistrictPlace,
    errors: ['examination_gone', 'not_found', 'unavailable'],
    needs: 'district.edit',
    about: 'one change of the difference, for drawing',
    example: { examinationId: 'examination-1', level: 4, change: 0 },
  }),
  'district.tryOut': method({
    input: district.DistrictTryOut,
    output: district.TriedDistrict,
    errors: ['examination_gone', 'archive_rebuilding', 'unavailable', 'busy'],
    needs: 'district.edit',
    about: 'work of each grid before and after, for past cases in the grids of an examined file',
    example: { examinationId: 'examination-1', days: 30 },
  }),
  'district.accept': method({
    input: district.DistrictAccept,
    output: district.DistrictVersion,
    errors: ['examination_gone', 'bad_district', 'effective_day', 'unavailable'],
    needs: 'district.edit',
    about: 'keeps an examined file as a version of the district, in force from a day on',
    example: { examinationId: 'examination-1', effectiveFrom: '2027-01-01', name: '顺义区', note: '区划调整' },
  }),
  'district.versions': method({
    input: NoInput,
    output: district.DistrictVersions,
    errors: [],
    needs: 'district.edit',
    about: 'versions of the district: which is in force, which waits for its day',
    example: {},
  }),
  'district.withdraw': method({
    input: district.DistrictVersionRef,
    output: district.DistrictVersions,
    errors: ['not_found', 'version_in_force', 'unavailable'],
    needs: 'district.edit',
    about: 'takes back a version that never came into force; its file is kept',
    example: { version: '2027-01-01-20261130T093544123Z-0123456789abcdef' },
  }),
  'tables.get': method({
    input: NoInput,
    output: tables.TablesInForce,
    errors: [],
    needs: 'case.read',
    about: 'the class table and the limit table in force',
    example: {},
  }),
  'tables.list': method({
    input: NoInput,
    output: reference.TableList,
    errors: [],
    needs: 'tables.read',
    about: 'rule tables: versions in force, placeholders, faults',
    example: {},
  }),
  'tables.read': method({
    input: reference.TableRead,
    output: reference.TableInForce,
    errors: ['not_found'],
    needs: 'tables.read',
    about: 'columns and rows of a rule table, of the version in force unless another is named',
    example: { name: 'limits' },
  }),
  'tables.history': method({
    input: z.strictObject({ name: reference.TableRead.shape.name }),
    output: reference.TableHistory,
    errors: [],
    needs: 'tables.read',
    about: 'versions of a rule table: who adopted them, when and why',
    example: { name: 'limits' },
  }),
  'tables.check': method({
    input: reference.TableContent,
    output: reference.TableChecked,
    errors: [],
    needs: 'tables.edit',
    about: 'what is wrong with a table, by row and column; nothing is taken',
    example: { name: 'calendar', csv: 'date,kind,name,source\n2027-01-01,holiday,元旦,示例' },
  }),
  'rules.preview': method({
    input: reference.TableContent,
    output: reference.RulesPreview,
    errors: [],
    needs: 'tables.edit',
    about: 'what a table would change: its rows, and deadlines of open cases',
    example: { name: 'calendar', csv: 'date,kind,name,source\n2027-01-01,holiday,元旦,示例' },
  }),
  'tables.adopt': method({
    input: reference.TableAdoption,
    output: reference.TableAdopted,
    errors: ['bad_table', 'stale', 'unavailable'],
    needs: 'tables.edit',
    about: 'takes a table whole or not at all, as a new version',
    example: {
      content: { name: 'calendar', csv: 'date,kind,name,source\n2027-01-01,holiday,元旦,示例' },
      note: '2027 年放假通知',
      expectedVersion: 'default-00000000',
    },
  }),
  'import.preview': method({
    input: z.strictObject({ path: z.string().min(1).max(4_096) }),
    output: imports.ImportPreview,
    errors: ['file_unreadable'],
    needs: 'import.run',
    about: 'looks into a CSV file and guesses its mapping',
    example: { path: '/data/cases.csv' },
  }),
  'import.run': method({
    input: imports.ImportRun,
    output: imports.ImportReport,
    errors: ['file_unreadable', 'bad_mapping', 'import_running', ...onRecord],
    needs: 'import.run',
    about: 'imports a CSV file; the same file again changes nothing',
    example: { path: '/data/cases.csv', dryRun: true },
  }),
  'import.cancel': method({
    input: z.strictObject({ importId: z.string() }),
    output: z.object({ isCancelled: z.boolean() }),
    errors: [],
    needs: 'import.run',
    about: 'stops a running import, of cases or of components; what is recorded stays',
    example: { importId: 'import-1' },
  }),
  'imports.watch': stream({
    input: NoInput,
    item: imports.ImportProgress,
    errors: [],
    needs: 'import.run',
    about: 'progress of imports of cases and of components',
    example: {},
  }),
  'cases.count': method({
    input: cases.CaseCountQuery,
    output: cases.CaseCount,
    errors: ['archive_rebuilding', 'unavailable', 'busy'],
    needs: 'case.read',
    about: 'how many cases fit a filter, and how many of them are open',
    example: { filter: { state: 'open' } },
  }),
  'cases.list': method({
    input: cases.CaseListQuery,
    output: cases.CasePage,
    errors: ['archive_rebuilding', 'unavailable', 'busy', 'bad_input'],
    needs: 'case.read',
    about: 'a page of cases, newest report first',
    example: { filter: { overdue: true }, limit: 20 },
  }),
  'cases.watch': stream({
    input: NoInput,
    item: cases.CaseChange,
    errors: [],
    needs: 'case.read',
    about: 'all open cases, then every change',
    example: {},
  }),
  'case.get': method({
    input: cases.CaseMoment,
    output: cases.CaseDetail,
    errors: ['not_found'],
    needs: 'case.read',
    about: 'one case with its chain and the actions that are possible now, or as it was after an entry',
    example: { id },
  }),
  'case.history': method({
    input: cases.CaseMoment,
    output: cases.CaseHistory,
    errors: ['not_found'],
    needs: 'case.read',
    about: 'every step of a case, from the journal, or those up to an entry',
    example: { id },
  }),
  'case.duplicates': method({
    input: sameCause.DuplicatesQuery,
    output: sameCause.Duplicates,
    errors: ['not_found'],
    needs: 'case.read',
    about: 'open and recent cases that may be the same matter as a case or a draft (同因), with reasons',
    example: { lon: 116.65, lat: 40.13, description: '井盖破损' },
  }),
  'case.nearby': method({
    input: sameCause.NearbyQuery,
    output: sameCause.Nearby,
    errors: ['not_found'],
    needs: 'case.read',
    about: 'what was reported at a spot, and whether it is a repeated complaint (屡诉未决)',
    example: { lon: 116.65, lat: 40.13 },
  }),
  'case.explainClock': method({
    input: cases.CaseMoment,
    output: ClockExplanation,
    errors: ['not_found'],
    needs: 'case.read',
    about: 'every counted and uncounted interval behind the deadlines of a case',
    example: { id },
  }),
  'case.suggestDispatch': method({
    input: cases.CaseRef,
    output: dispatch.DispatchSuggestions,
    errors: ['not_found'],
    needs: 'case.read',
    about: 'which units should get a case, best first, with reasons',
    example: { id },
  }),
  'board.at': method({
    input: board.BoardAt,
    output: board.Board,
    errors: ['unavailable'],
    needs: 'case.read',
    about: 'open cases, their holders and counts as they were known at a moment',
    example: { time: '2026-11-24T09:00:00+08:00', limit: 20 },
  }),
  'board.step': method({
    input: board.BoardStepTo,
    output: board.BoardStep,
    errors: ['unavailable'],
    needs: 'case.read',
    about: 'all open cases at a moment, packed, as known then or now, or what changed since another picture',
    example: { time: '2026-11-24T09:00:00+08:00', knowledge: 'then' },
  }),
  'board.learn': method({
    input: board.BoardLearn,
    output: board.BoardLearnt,
    errors: ['unavailable'],
    needs: 'case.read',
    about: 'reads a piece of what was recorded since a moment, for its picture as known now; asked until all is known',
    example: { time: '2026-11-24T09:00:00+08:00' },
  }),
  'board.range': method({
    input: board.BoardRangeOf,
    output: board.BoardRange,
    errors: ['unavailable'],
    needs: 'case.read',
    about: 'first and last moment of the journal, and how many entries were recorded when',
    example: { most: 48 },
  }),
  'warnings.list': method({
    input: WarningsQuery,
    output: Warnings,
    errors: [],
    needs: 'case.read',
    about: 'early warnings: 超期, 临期, 推诿, 反复问题, 七天一预警',
    example: { limit: 20 },
  }),
  'units.find': method({
    input: dispatch.UnitSearch,
    output: dispatch.FoundUnits,
    errors: [],
    needs: 'grid.read',
    about: 'units in force by name, initials or code',
    example: { text: '城管' },
  }),
  'units.people': method({
    input: dispatch.UnitRef,
    output: dispatch.UnitPeople,
    errors: ['unit_unknown'],
    needs: 'case.read',
    about: 'people in the posts of a unit',
    example: { unit: '110113106' },
  }),
  'attachment.offer': method({
    input: AttachmentOffer,
    output: AttachmentHandle,
    errors: ['attachment_too_large'],
    needs: 'attachment.write',
    about: 'a one-time address to which the bytes of one photo are sent',
    example: { size: 240_000 },
  }),
  'attachment.open': method({
    input: z.strictObject({ hash: AttachmentHash }),
    output: AttachmentHandle,
    errors: ['attachment_missing', 'attachment_damaged'],
    needs: 'attachment.read',
    about: 'a one-time address from which one photo can be fetched',
    example: { hash: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' },
  }),
  ...peopleMethods,
  ...actMethods,
  ...alarmMethods,
  ...fieldMethods,
  ...figureMethods,
  ...baseMapMethods,
  ...briefingMethods,
  ...wallMethods,
  ...shiftMethods,
} as const satisfies Record<string, Method | Stream>;

type Api = typeof api;
type NamesOf<Kind extends 'method' | 'stream'> = {
  [Name in keyof Api]: Api[Name]['kind'] extends Kind ? Name : never;
}[keyof Api];

export type MethodName = NamesOf<'method'>;
export type StreamName = NamesOf<'stream'>;
/** What a caller writes; defaults may be left out. */
export type InputOf<Name extends keyof Api> = z.input<Api[Name]['input']>;
/** What a handler receives: parsed, with defaults. */
export type ParsedInputOf<Name extends keyof Api> = z.output<Api[Name]['input']>;
export type OutputOf<Name extends MethodName> = z.output<Api[Name]['output']>;
export type ItemOf<Name extends StreamName> = z.output<Api[Name]['item']>;

export const methodNames = Object.keys(api).filter((name) => isMethodName(name)) as readonly MethodName[];

export function isMethodName(name: string): name is MethodName {
  return Object.hasOwn(api, name) && api[name as keyof Api].kind === 'method';
}

export function isStreamName(name: string): name is StreamName {
  return Object.hasOwn(api, name) && api[name as keyof Api].kind === 'stream';
}
