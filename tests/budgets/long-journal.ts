import { plus, type Instant } from '#domain/base/instant.ts';
import type { CaseEvent } from '#domain/case/events.ts';
import type { NewEntry } from '#host/ports/journal.ts';
import { morning, play, routine } from '#tests/builders/cases.ts';
import { openJournal } from '#tests/support/open-journal.ts';

const BATCH = 500;

/** `days` of reports, evenly, up to the morning of the tests. */
export interface LongJournal {
  readonly cases: number;
  /** Cases that are open at any time, and at the end. */
  readonly open: number;
  readonly days?: number;
}

const DAY_MS = 86_400_000;

/** What is reported, and where: ten times ten texts, so that a search has something to leave out. */
const matters = [
  '井盖破损',
  '路灯不亮',
  '占道经营',
  '垃圾未清运',
  '道路积水',
  '噪声扰民',
  '违规停车',
  '护栏缺失',
  '树枝下垂',
  '管线外露',
];
const places = [
  '东镇东村',
  '南街口',
  '西环路北侧',
  '学校门前',
  '市场入口',
  '小区三号楼',
  '公交站旁',
  '桥下',
  '公园东门',
  '河堤',
];

/** Writes the entries of many cases, each going its whole way from 上报 to 结案 while others are on theirs. */
export async function longJournal(dataFolder: string, long: LongJournal): Promise<void> {
  const { journal } = await openJournal(dataFolder);
  for (const batch of batchesOf(long)) {
    const written = await journal.append(batch, journal.head().sequence);
    if (!written.ok) throw new Error(written.error);
  }
  await journal.close();
}

/** The entries by batches, in order. */
export function* batchesOf({ cases, open, days = 10 }: LongJournal): Generator<readonly NewEntry[]> {
  const steps = play(routine('20261124000001')).events;
  const stride = Math.max(1, Math.floor(open / (steps.length - 1)));
  const slotMs = (days * DAY_MS) / cases;
  const from = plus(morning, -days * DAY_MS);
  const perDay = Math.ceil(cases / days);
  const idOf = (number: number): string => {
    const day = new Date(from + Math.floor(number / perDay) * DAY_MS + 8 * 3_600_000).toISOString().slice(0, 10);
    return `${day.replaceAll('-', '')}${String((number % perDay) + 1).padStart(6, '0')}`;
  };
  let batch: NewEntry[] = [];
  let serial = 0;
  // One for all, as a host has them.
  const tables = { limits: 'x' };
  for (let slot = 0; slot < cases; slot += 1) {
    const at = plus(from, Math.floor(slot * slotMs));
    for (const [step, event] of steps.entries()) {
      const number = slot - step * stride;
      if (number < 0) continue;
      const own = told({ ...event, at, caseId: idOf(number) }, number, plus(from, Math.floor(number * slotMs)));
      serial += 1;
      batch.push({ at, commandId: `command-${serial}`, actor: 'desk-1', events: [own], tables });
    }
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** A report tells what and where, each of another thing. */
function told(event: CaseEvent, number: number, reportedAt: Instant): CaseEvent {
  if (event.type !== 'case.reported.v2') return event;
  const address = `${places[number % 10] ?? ''}${number % 977}号`;
  const description = `${matters[Math.floor(number / 10) % 10] ?? ''}，影响通行，请尽快处理（第${number}次来电）`;
  return { ...event, reportedAt, description, place: { ...event.place, address } };
}
