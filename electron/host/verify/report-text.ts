import type { DamageKind, JournalProblem } from '#contract/health.ts';
import type {
  AttachmentProblem,
  AuditProblem,
  FolderReport,
  MissingThing,
  NamedReport,
  ProjectionReport,
  TableDifference,
} from '#host/ports/verification.ts';

export type TextLanguage = 'zh' | 'en';

/** The language of a terminal, by the environment's usual order. */
export function terminalLanguage(environment: NodeJS.ProcessEnv): TextLanguage {
  const named = environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || '';
  return named.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

/** The report for people, one line for each finding. */
export function reportText(report: FolderReport, language: TextLanguage): string {
  const say = words[language];
  const {
    journal,
    projection,
    attachments,
    named,
    districts,
    components,
    baseMaps,
    briefings,
    wall,
    alarms,
    shift,
    audit,
  } = report;
  const lines = [
    say.folder(report.folder, report.isRunning),
    say.journal(journal),
    ...journal.problems.map((problem) => `  ${problemText(problem, language)}`),
    say.projection(projection),
    ...(projection.state === 'compared' ? projection.differences.map((one) => `  ${say.difference(one)}`) : []),
    ...(attachments === null ? [] : [say.attachments(attachments.files)]),
    ...(attachments?.problems ?? []).map((one) => `  ${say.attachment(one)}`),
    say.named(named),
    ...named.missing.map((one) => `  ${say.missing(one)}`),
    ...(districts === null ? [] : [say.districts(districts.files)]),
    ...(districts?.damaged ?? []).map((file) => `  ${say.district(file)}`),
    ...(components === null ? [] : [say.components(components.files)]),
    ...(components?.damaged ?? []).map((file) => `  ${say.component(file)}`),
    ...(baseMaps === null ? [] : [say.baseMaps(baseMaps.files)]),
    ...(baseMaps?.damaged ?? []).map((file) => `  ${say.baseMap(file)}`),
    ...(briefings === null ? [] : [say.briefings(briefings.files)]),
    ...(briefings?.damaged ?? []).map((file) => `  ${say.briefing(file)}`),
    ...(wall?.damaged ?? []).map((file) => `  ${say.wall(file)}`),
    ...(alarms?.damaged ?? []).map((file) => `  ${say.alarms(file)}`),
    ...(shift === null ? [] : [say.handovers(shift.handovers)]),
    ...(shift?.damaged ?? []).map((file) => `  ${say.shift(file)}`),
    ...(audit === null ? [] : [say.audit(audit.entries, audit.hash)]),
    ...(audit?.problems ?? []).map((one) => `  ${say.line(one)}`),
    report.ok ? say.ok : say.damaged,
  ];
  return `${lines.join('\n')}\n`;
}

/** Where, which entries, what: `000000000003.seg, byte 5120, entries 12–14: changed (…)`. */
function problemText(problem: JournalProblem, language: TextLanguage): string {
  const say = words[language];
  const { segment, offset, sequence, through, kind, reason } = problem;
  const place = [segment === '' ? say.noSegment : segment, say.byte(offset)];
  if (sequence !== null) place.push(say.entries(sequence, through));
  return `${place.join(say.comma)}${say.colon}${say.kinds[kind]} (${reason})`;
}

interface Words {
  folder(folder: string, isRunning: boolean): string;
  journal(found: FolderReport['journal']): string;
  projection(found: ProjectionReport): string;
  difference(found: TableDifference): string;
  attachments(files: number): string;
  attachment(found: AttachmentProblem): string;
  named(found: NamedReport): string;
  missing(found: MissingThing): string;
  districts(files: number): string;
  components(files: number): string;
  component(file: string): string;
  baseMaps(files: number): string;
  briefings(files: number): string;
  briefing(file: string): string;
  wall(file: string): string;
  alarms(file: string): string;
  handovers(count: number): string;
  shift(file: string): string;
  baseMap(file: string): string;
  district(file: string): string;
  audit(entries: number, hash: string): string;
  line(found: AuditProblem): string;
  byte(offset: number): string;
  entries(from: number, through: number | null): string;
  readonly kinds: Readonly<Record<DamageKind, string>>;
  readonly noSegment: string;
  readonly comma: string;
  readonly colon: string;
  readonly ok: string;
  readonly damaged: string;
}

const zhUnusable = { absent: '没有', damaged: '字节有改动', other: '属于其他版本或其他日志' } as const;

const zh: Words = {
  folder: (folder, isRunning) => `数据目录 ${folder}${isRunning ? '（主机正在运行）' : ''}`,
  journal: ({ entries, segments, packed, sequence, head, problems }) =>
    `日志：${segments} 个段（${packed} 个已压缩），${entries} 条完好，末条 ${sequence}，哈希 ${head}，问题 ${problems.length} 处`,
  projection: (found) => {
    if (found.state !== 'compared') return `查询库：${zhUnusable[found.state]}，下次启动时由日志重建`;
    return `查询库：与日志重算到第 ${found.sequence} 条比较，${found.cases} 件，不同 ${found.differences.length} 件`;
  },
  difference: ({ caseId, kind, columns }) =>
    kind === 'missing'
      ? `案件 ${caseId}：查询库里没有`
      : kind === 'extra'
        ? `案件 ${caseId}：日志里没有`
        : `案件 ${caseId}：不同的列 ${columns.join('、')}`,
  attachments: (files) => `附件：${files} 个`,
  attachment: ({ path, kind }) =>
    `附件 ${path}：${{ changed: '内容与文件名不符', misnamed: '文件名不合规定', unreadable: '读不出' }[kind]}`,
  named: ({ photos, people, missingCount }) =>
    `日志提到：照片 ${photos} 次，未删除的来电人 ${people} 位，缺失 ${missingCount} 项`,
  missing: ({ kind, name, sequence, caseId }) =>
    `第 ${sequence} 条（案件 ${caseId}）：缺少${{ photo: '照片', person_key: '来电人密钥', person_record: '来电人记录' }[kind]} ${name}`,
  districts: (files) => `辖区版本：${files} 个`,
  components: (files) => `部件清单：${files} 个`,
  component: (file) => `components/${file}：与导入时不同`,
  district: (file) => `辖区版本 ${file}：字节被改动`,
  baseMaps: (files) => `底图登记：${files} 项`,
  briefings: (files) => `简报：${files} 个文件`,
  briefing: (file) => `简报 briefings/${file}：缺失或字节被改动`,
  wall: (file) => `大屏 wall/${file}：字节被改动`,
  alarms: (file) => `告警记录 alarms/${file}：字节被改动`,
  handovers: (count) => `交接班：${count} 次`,
  shift: (file) => `值班记录 shift/${file}：字节被改动或缺失`,
  baseMap: (file) => `底图登记 ${file}：字节被改动`,
  audit: (entries, hash) => `管理操作记录：${entries} 条，哈希 ${hash}`,
  line: ({ file, line, kind }) =>
    `${file}，第 ${line} 行：${{ changed: '字节被改动', out_of_order: '与前一行不衔接' }[kind]}`,
  byte: (offset) => `字节 ${offset}`,
  entries: (from, through) => (through === null || through <= from ? `第 ${from} 条` : `第 ${from}–${through} 条`),
  kinds: {
    changed: '字节被改动',
    missing: '条目缺失',
    missing_segment: '整段缺失',
    swapped: '次序被调换',
    doubled: '条目重复',
    cut: '末尾被截断',
    foreign: '属于另一本日志',
    unreadable: '磁盘读不出',
  },
  noSegment: '日志',
  comma: '，',
  colon: '：',
  ok: '结论：完好',
  damaged: '结论：有损坏。其余部分仍可读；请从备份恢复',
};

const enUnusable = {
  absent: 'none',
  damaged: 'changed bytes',
  other: 'of another version or another journal',
} as const;

const en: Words = {
  folder: (folder, isRunning) => `data folder ${folder}${isRunning ? ' (a host runs on it)' : ''}`,
  journal: ({ entries, segments, packed, sequence, head, problems }) =>
    `journal: ${segments} segments (${packed} compressed), ${entries} entries whole, last ${sequence}, hash ${head}, problems ${problems.length}`,
  projection: (found) => {
    if (found.state !== 'compared') return `search tables: ${enUnusable[found.state]}; made anew at the next start`;
    return `search tables: compared with a fresh fold up to entry ${found.sequence}, ${found.cases} cases, ${found.differences.length} differ`;
  },
  difference: ({ caseId, kind, columns }) =>
    kind === 'missing'
      ? `case ${caseId}: not in the search tables`
      : kind === 'extra'
        ? `case ${caseId}: not in the journal`
        : `case ${caseId}: columns that differ: ${columns.join(', ')}`,
  attachments: (files) => `attachments: ${files}`,
  attachment: ({ path, kind }) =>
    `attachment ${path}: ${{ changed: 'its content is not what its name says', misnamed: 'no attachment has such a name', unreadable: 'cannot be read' }[kind]}`,
  named: ({ photos, people, missingCount }) =>
    `named by the journal: photos ${photos} times, ${people} people not erased, ${missingCount} missing`,
  missing: ({ kind, name, sequence, caseId }) =>
    `entry ${sequence} (case ${caseId}): no ${{ photo: 'photo', person_key: 'key of the person', person_record: 'record of the person' }[kind]} ${name}`,
  districts: (files) => `versions of the district: ${files}`,
  components: (files) => `inventories of components: ${files}`,
  component: (file) => `components/${file}: not as it was imported`,
  district: (file) => `version ${file} of the district: bytes were changed`,
  baseMaps: (files) => `registered base maps: ${files}`,
  briefings: (files) => `briefings: ${files} files`,
  briefing: (file) => `briefings/${file}: missing, or bytes were changed`,
  wall: (file) => `wall/${file}, of the wall: bytes were changed`,
  alarms: (file) => `alarms/${file}, of the record of alarms: bytes were changed`,
  handovers: (count) => `handovers: ${count}`,
  shift: (file) => `shift/${file}, of the record of shifts: bytes were changed, or it is not there`,
  baseMap: (file) => `what is known of a base map, ${file}: bytes were changed`,
  audit: (entries, hash) => `record of acts on the host: ${entries} entries, hash ${hash}`,
  line: ({ file, line, kind }) =>
    `${file}, line ${line}: ${{ changed: 'bytes were changed', out_of_order: 'does not follow the line before it' }[kind]}`,
  byte: (offset) => `byte ${offset}`,
  entries: (from, through) => (through === null || through <= from ? `entry ${from}` : `entries ${from}–${through}`),
  kinds: {
    changed: 'bytes were changed',
    missing: 'entries are missing',
    missing_segment: 'a whole segment is missing',
    swapped: 'out of order',
    doubled: 'written twice',
    cut: 'the end is cut off',
    foreign: 'of another journal',
    unreadable: 'the disk cannot read it',
  },
  noSegment: 'journal',
  comma: ', ',
  colon: ': ',
  ok: 'result: whole',
  damaged: 'result: damaged. The rest can still be read; restore from a backup',
};

const words: Readonly<Record<TextLanguage, Words>> = { zh, en };
