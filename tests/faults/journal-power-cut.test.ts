import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Random } from '#domain/base/random.ts';
import type { CaseCommandBody } from '#domain/case/commands.ts';
import { diskFiles } from '#host/journal/local/journal-files.ts';
import { readAround } from '#tests/support/read-around.ts';
import { aReport, desk } from '#tests/builders/cases.ts';
import { someEntries } from '#tests/builders/entries.ts';
import { atOnce } from '#tests/support/at-once.ts';
import { CommandHistory, noFaults } from '#tests/support/command-history.ts';
import { openJournal } from '#tests/support/open-journal.ts';
import { openQueue, type OpenedQueue } from '#tests/support/open-queue.ts';
import { powerCutFiles, type PowerCutFiles } from '#tests/support/power-cut.ts';
import { readAll } from '#tests/support/read-all.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

/**
 * FT1 on a disk that tears, drops and reorders what was not synced, under many writers, changes of segment, packing, two
 * flights, and starts that are cut themselves. Some processes are only killed, and the power goes later.
 */
const CUTS = Number(process.env['CUTS'] ?? 300);
const CUTS_PER_FOLDER = 6;
const SEGMENT_BYTES = 20_000;

interface Tally {
  cuts: number;
  kills: number;
  acknowledged: number;
  unknown: number;
  tails: number;
  packed: number;
  lost: number;
}

const nothingYet = (): Tally => {
  return { cuts: 0, kills: 0, acknowledged: 0, unknown: 0, tails: 0, packed: 0, lost: 0 };
};

describe('the power goes at any call of the disk', () => {
  test('0 acknowledged lost, 0 doubled, torn tails are kept and told, and the journal goes on', async () => {
    const seed = Number(process.env['SEED'] ?? 20_261_130);
    const tally = nothingYet();
    for (let folder = 0; tally.cuts < CUTS; folder += 1) {
      const random = new Random(seed + folder);
      const count = Math.min(CUTS_PER_FOLDER, CUTS - tally.cuts);
      await cutAgainAndAgain(await temporaryFolder({ isInMemory: true }), { random, count, tally });
    }
    const { cuts, kills, acknowledged, unknown, tails, packed, lost } = tally;
    process.stdout.write(
      `power cut, seed ${seed}: ${cuts} cuts, ${kills} kills before one, ${acknowledged} acknowledged, ` +
        `${unknown} unknown, ${tails} torn tails, ${packed} packed segments, ${lost} lost\n`,
    );
    expect([kills > 0, unknown > 0, tails > 0, packed > 0, lost]).toEqual([true, true, true, true, 0]);
  }, 120_000);

  test('control: where syncs lie, acknowledged commands are lost, and the history finds it', async () => {
    for (let seed = 1; seed <= 5; seed += 1) {
      const tally = nothingYet();
      const folder = await temporaryFolder({ isInMemory: true });
      await cutAgainAndAgain(folder, { random: new Random(seed), count: 1, tally, isLying: true });
      expect(tally.lost, `seed ${seed}`).toBeGreaterThan(0);
    }
  });
});

/** What lies in the system's memory after kill -9 is read again as if it were on the disk. */
test('killed at any call, started again, and then the power goes: what the start has found is there', async () => {
  let found = 0;
  let isOver = false;
  for (let call = 1; !isOver; call += 1) {
    const folder = await temporaryFolder({ isInMemory: true });
    const disk = powerCutFiles(diskFiles);
    const { journal } = await openJournal(folder, { files: disk.open(), segmentBytes: 1 });
    await journal.append(someEntries(2), 0);
    disk.stopAt(call);
    const failed = journal.append(someEntries(3, 3), 2);
    isOver = await Promise.race([disk.stopped().then(() => false), failed.then(() => true)]);
    await disk.kill();
    const again = await openJournal(folder, { files: disk.open(), segmentBytes: 1_000_000 });
    expect(again.journal.readOnlyReason()).toBeNull();
    await again.journal.append(someEntries(1, 9), again.journal.head().sequence);
    const entries = await readAll(again.journal);
    found += entries.length;
    await disk.cut();
    const last = await openJournal(folder);
    expect([await readAll(last.journal), last.health.list()], `call ${call}`).toEqual([entries, []]);
    await last.journal.close();
  }
  expect(found).toBeGreaterThan(20);
});

interface Cutting {
  readonly random: Random;
  readonly count: number;
  readonly tally: Tally;
  readonly isLying?: boolean;
}

async function cutAgainAndAgain(folder: string, { random, count, tally, isLying = false }: Cutting): Promise<void> {
  const disk = powerCutFiles(diskFiles, { random, isLying });
  const history = new CommandHistory();
  const writers = new Writers(history, random);
  let before: Segments = new Map();
  let isPromised = true;
  for (let round = 0; round < count;) {
    disk.stopAt(isLying ? 30 : random.integer(1, random.chance(0.3) ? 8 : 30));
    const opened = await tryToOpen(folder, disk);
    if (opened !== null) {
      tally.tails += isLying ? 0 : await tailsKept(folder, before, opened);
      const entries = await readAll(opened.journal).catch(() => []);
      if (!disk.isStopped()) {
        expect(history.faults(entries)).toEqual(noFaults);
        history.tellAll(entries);
      }
      await writers.write(opened, disk);
    }
    const isKill = random.chance(0.25);
    if (isKill) await disk.kill();
    else await disk.cut();
    // A start that is cut itself may take nothing away but tails; what a killed process left unsynced, the cut may too.
    if (opened !== null || !isPromised) before = await segmentsOf(folder);
    isPromised = !isKill || (isPromised && opened === null);
    tally.kills += isKill ? 1 : 0;
    round += isKill ? 0 : 1;
    tally.cuts += isKill ? 0 : 1;
  }
  const { journal, health } = await openJournal(folder, { segmentBytes: SEGMENT_BYTES });
  try {
    const { entries } = await readAround(journal);
    const faults = history.faults(entries);
    tally.lost += faults.lost.length;
    if (isLying) return;
    expect(faults).toEqual(noFaults);
    tally.tails += await tailsKept(folder, before, { journal, health });
    expect(await journal.verify()).toMatchObject({ ok: true, problems: [], sequence: journal.head().sequence });
  } finally {
    await journal.close();
  }
  tally.acknowledged += history.allAcknowledged().size;
  tally.unknown += history.unknown().length;
  tally.packed += (await readdir(join(folder, 'journal'))).filter((name) => name.endsWith('.segz')).length;
}

/** Null when the power went before the journal was open. */
async function tryToOpen(folder: string, disk: PowerCutFiles): Promise<OpenedQueue | null> {
  try {
    const opened = await openQueue(folder, { files: disk.open(), segmentBytes: SEGMENT_BYTES, scheduler: atOnce });
    return disk.isStopped() ? null : opened;
  } catch (cause) {
    expect([disk.isStopped(), String(cause)]).toEqual([true, expect.stringContaining('the power is gone')]);
    return null;
  }
}

/** Reports, steps of cases that were acknowledged, and repeats of what is unknown, until the power is gone. */
class Writers {
  readonly #history: CommandHistory;
  readonly #random: Random;
  readonly #bodies = new Map<string, CaseCommandBody>();
  readonly #cases: string[] = [];

  constructor(history: CommandHistory, random: Random) {
    this.#history = history;
    this.#random = random;
  }

  /** Some of the waves are large enough for two flights. */
  async write({ queue }: OpenedQueue, disk: PowerCutFiles): Promise<void> {
    while (!disk.isStopped()) {
      const wave = Array.from({ length: this.#random.pick([1, 3, 20, 130]) }, () => this.#next());
      let isHeard = () => {};
      const heard = new Promise<void>((resolve) => (isHeard = resolve));
      const all = Promise.all(
        wave.map(async ([id, body]) => {
          const outcome = await queue.submit({ id, actor: desk, body });
          if (disk.isStopped()) return;
          if (outcome.ok) this.#history.acknowledged(id, outcome.value.sequence);
          else this.#history.refused(id);
          if (outcome.ok) this.#cases.push(outcome.value.caseId);
          isHeard();
        }),
      );
      await (this.#random.chance(0.5) ? all : Promise.race([heard, disk.stopped()]));
    }
    this.#history.lineBroke();
  }

  #next(): readonly [id: string, body: CaseCommandBody] {
    const unknown = this.#random.chance(0.2) ? this.#history.unknown() : [];
    const repeated = unknown.length === 0 ? undefined : this.#random.pick(unknown);
    const id = repeated ?? `command-${this.#bodies.size + 1}`;
    const body = this.#bodies.get(id) ?? this.#aBody();
    this.#bodies.set(id, body);
    this.#history.sent(id);
    return [id, body];
  }

  #aBody(): CaseCommandBody {
    if (this.#cases.length === 0 || this.#random.chance(0.6)) return aReport();
    return { type: 'register', caseId: this.#random.pick(this.#cases), condition: '属实' };
  }
}

/** Contents of plain segments by name. */
type Segments = ReadonlyMap<string, Buffer>;

async function segmentsOf(folder: string): Promise<Segments> {
  const found = new Map<string, Buffer>();
  const journal = join(folder, 'journal');
  if (!existsSync(journal)) return found;
  for (const name of await readdir(journal)) {
    if (name.endsWith('.seg')) found.set(name, await readFile(join(journal, name)));
  }
  return found;
}

/** How many tails starts have cut off: each lies beside, byte by byte, and the last start has told of what it did. */
async function tailsKept(
  folder: string,
  before: Segments,
  { journal, health }: Pick<OpenedQueue, 'journal' | 'health'>,
): Promise<number> {
  const others = health.list().filter(({ code }) => code !== 'journal_tail_cut');
  expect([journal.readOnlyReason(), others]).toEqual([null, []]);
  const asideFolder = join(folder, 'journal', 'set-aside');
  let tails = 0;
  for (const [name, bytes] of before) {
    const now = await readFile(join(folder, 'journal', name)).catch(() => null);
    if (now === null && existsSync(join(folder, 'journal', `${name}z`))) continue;
    const kept = now?.length ?? 0;
    if (kept >= bytes.length) continue;
    tails += 1;
    const aside = existsSync(asideFolder) ? await readdir(asideFolder) : [];
    const copies = await Promise.all(
      aside.filter((file) => file.startsWith(`${name}.${kept}.`)).map((file) => readFile(join(asideFolder, file))),
    );
    expect(
      copies.some((copy) => copy.equals(bytes.subarray(kept))),
      `${name} from ${kept} on is kept`,
    ).toBe(true);
  }
  return tails;
}
