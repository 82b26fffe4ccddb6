import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BackupStatus } from '#contract/backup.ts';
import { restoreBackup } from '#host/backup/restore-backup.ts';
import type { Host } from '#host/create-host.ts';
import { pinoLog } from '#host/log/pino-log.ts';
import { BackupProblem } from '#host/ports/backup.ts';
import type { FolderReport } from '#host/ports/verification.ts';
import { StartProblem } from '#host/start-problem.ts';
import { verifyFolder } from '#host/verify-folder.ts';
import { ask, filledFolder, segmentBytes, type FilledFolder } from '#tests/support/filled-folder.ts';
import { hostOn } from '#tests/support/host-in-process.ts';
import { factsOf } from '#tests/support/start-host.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

const log = pinoLog('silent');
/** Filled once, copied for each flip. */
let filled: FilledFolder;
/** Paths below the data folder. */
let files: readonly string[];
let status: BackupStatus;

const parent = await mkdtemp(join(tmpdir(), 'grid-command-flipped-'));
afterAll(() => rm(parent, { recursive: true }));
beforeAll(async () => {
  filled = await filledFolder(parent);
  files = await filesIn(filled.dataFolder);
  await cp(filled.dataFolder, join(parent, 'whole'), { recursive: true });
  const host = await start(join(parent, 'whole'));
  expect(codesOf(host)).toEqual([]);
  status = await ask(host, 'backup.status', {});
  await host.close();
}, 120_000);

/** A file of which a byte is not as it was written, in a copy of the folder. */
interface Flipped {
  readonly file: string;
  readonly dataFolder: string;
  /** Null: the start was refused. */
  readonly host: Host | null;
  /** Health facts of the start, or the words of the refusal. */
  readonly told: readonly string[];
  /** `npm run verify` on the folder before the start. */
  readonly verified: FolderReport;
}

interface Kind {
  readonly name: string;
  readonly pattern: RegExp;
  /** Bytes beside the first, the middle and the last one. */
  readonly places?: readonly number[];
  readonly check: (flipped: Flipped) => Promise<void>;
}

/** Made from the journal: nobody need hear of it, and everything is as before. */
const disposable = async ({ host, told }: Flipped) => {
  expect(told).toEqual([]);
  expect(host).not.toBeNull();
  if (host !== null) await expectAllCases(host);
};

/** Read by nobody at the start. */
const beside = async (flipped: Flipped) => {
  await disposable(flipped);
  expect(flipped.verified.ok).toBe(true);
};

const kinds: readonly Kind[] = [
  {
    name: 'journal, plain segment',
    pattern: /^journal\/\d{12}\.seg$/,
    // Magic, journal id, first sequence, head's checksum; length, header, body of the first record.
    places: [9, 50, 116, 121, 130, 300],
    check: inJournal,
  },
  { name: 'journal, packed segment', pattern: /^journal\/\d{12}\.segz$/, places: [9, 130, 300], check: inJournal },
  {
    name: 'attachment',
    pattern: /^attachments\/[0-9a-f]{2}\//,
    check: async ({ file, host, told, verified }) => {
      expect(told).toEqual([]);
      const path = file.replace('attachments/', '');
      expect(verified).toMatchObject({ ok: false, attachments: { problems: [{ path, kind: 'changed' }] } });
      if (host !== null)
        expect(await ask(host, 'case.get', { id: filled.caseId })).toMatchObject({ id: filled.caseId });
    },
  },
  {
    name: 'people',
    pattern: /^people\/(master\.json|unsettled\.log|keys\/|phones\/|records\/)/,
    check: async ({ host, told }) => {
      if (host === null) return expect(told.join()).toMatch(/people|pass-phrase/);
      await expectAllCases(host);
      const revealed = await ask(host, 'person.reveal', { caseId: filled.caseId, reason: '回访' }).catch(String);
      if (typeof revealed === 'string') expect(revealed).toMatch(/person_unreadable|people_off|reporter_unknown/);
      else expect(revealed).toMatchObject({ name: '王小明', phone: '13812341234' });
    },
  },
  { name: 'where a start goes on', pattern: /^resume\//, places: [200], check: disposable },
  {
    name: 'acts on the host',
    pattern: /^audit\//,
    check: async ({ host, told, verified }) => {
      // Without its last sign the last act looks unfinished.
      if (verified.ok) expect(told).toEqual(['audit_tail_cut']);
      else expect(verified.audit?.problems).not.toEqual([]);
      if (host !== null) return expectAllCases(host);
      expect(told.join()).toContain('audit');
    },
  },
  {
    name: 'alarms',
    pattern: /^alarms\//,
    check: async ({ file, host, told, verified }) => {
      // Without its last sign the last line looks unfinished.
      if (verified.ok) expect(told).toEqual(['alarms_tail_cut']);
      else expect(verified.alarms?.damaged).toEqual([file.replace('alarms/', '')]);
      expect(host).not.toBeNull();
      if (host !== null) await expectAllCases(host);
    },
  },
  {
    name: 'shifts',
    pattern: /^shift\/\d/,
    check: async ({ file, host, told, verified }) => {
      // Without its last sign the last line looks unfinished.
      if (verified.ok) expect(told).toEqual(['shift_tail_cut']);
      else expect(verified.shift?.damaged).toContain(file.replace('shift/', ''));
      expect(host).not.toBeNull();
      if (host !== null) await expectAllCases(host);
    },
  },
  {
    name: 'a signed handover',
    pattern: /^shift\/handovers\//,
    check: async ({ file, host, verified }) => {
      expect(verified.shift?.damaged).toEqual([file.replace('shift/', '')]);
      expect(host).not.toBeNull();
      if (host === null) return;
      await expectAllCases(host);
      await expect(ask(host, 'shift.open', { number: 1 })).rejects.toThrow('handover_damaged');
    },
  },
  {
    name: 'which photos were handed in, and which are named',
    pattern: /^attachments\/\.(offered|named)/,
    check: disposable,
  },
  { name: 'projection', pattern: /^projection\//, places: [18, 100, 4_096], check: disposable },
  {
    name: 'snapshot',
    pattern: /^snapshots\/.*\.snapshot$/,
    check: async (flipped) => {
      await disposable(flipped);
      if (flipped.host === null) return;
      const { open } = flipped.host.cases.counts();
      const board = await ask(flipped.host, 'board.at', { time: new Date().toISOString(), limit: 1 });
      expect(board).toMatchObject({ counts: { open } });
    },
  },
  {
    name: 'adopted rule table',
    pattern: /^tables\/calendar\/.*\.csv$/,
    check: async ({ host, told }) => {
      expect(told.join()).toMatch(/table/);
      if (host !== null) await expectAllCases(host);
    },
  },
  {
    // What it says is shown as unknown; the table itself is in force as before.
    name: 'who adopted a table, and why',
    pattern: /^tables\/calendar\/.*\.json$/,
    check: async (flipped) => {
      await disposable(flipped);
      if (flipped.host === null) return;
      const { version } = await ask(flipped.host, 'tables.read', { name: 'calendar' });
      expect(flipped.file).toContain(version);
    },
  },
  {
    name: 'accepted district',
    pattern: /^districts\/[^/]+\.geojson$/,
    places: [60, 200],
    check: async ({ file, host, told, verified }) => {
      expect(told).toEqual(['district_damaged']);
      expect(verified).toMatchObject({ ok: false, districts: { damaged: [file.replace('districts/', '')] } });
      if (host === null) return;
      await expectAllCases(host);
      const { versions } = await ask(host, 'district.versions', {});
      expect(versions.map(({ isBase, state }) => [isBase, state])).toEqual([
        [false, 'damaged'],
        [true, 'in_force'],
      ]);
    },
  },
  {
    name: 'district that was taken back',
    pattern: /^districts\/withdrawn\//,
    check: async (flipped) => {
      await disposable(flipped);
      expect(flipped.verified).toMatchObject({ ok: false, districts: { files: 2 } });
      expect(flipped.verified.districts?.damaged).toEqual([flipped.file.replace('districts/', '')]);
    },
  },
  {
    name: 'inventory of components',
    pattern: /^components\/[^/]+\.components$/,
    places: [9, 20, 200],
    check: async ({ file, host, told, verified }) => {
      expect(told).toEqual(['components_damaged']);
      expect(verified).toMatchObject({ ok: false, components: { damaged: [file.replace('components/', '')] } });
      if (host === null) return;
      await expectAllCases(host);
      const { inventories } = await ask(host, 'components.list', {});
      expect(inventories.map(({ state }) => state)).toEqual(['damaged']);
    },
  },
  {
    name: 'inventory of components that was taken off',
    pattern: /^components\/withdrawn\//,
    check: async (flipped) => {
      await disposable(flipped);
      expect(flipped.verified).toMatchObject({ ok: false, components: { files: 2 } });
      expect(flipped.verified.components?.damaged).toEqual([flipped.file.replace('components/', '')]);
    },
  },
  {
    name: 'what is known of a base map',
    pattern: /^base-maps\/[0-9a-f]{16}\.json$/,
    places: [40],
    check: async ({ file, host, told, verified }) => {
      expect(told).toEqual(['base_map_damaged']);
      expect(verified).toMatchObject({ ok: false, baseMaps: { files: 2, damaged: [file.replace('base-maps/', '')] } });
      if (host === null) return;
      await expectAllCases(host);
      expect((await ask(host, 'basemap.list', {})).maps).toHaveLength(1);
    },
  },
  {
    name: 'key of a base map',
    pattern: /^base-maps\/\.[0-9a-f]{16}\.key$/,
    places: [20],
    check: async ({ file, host, told, verified }) => {
      expect(told).toEqual(['base_map_failing']);
      expect(verified).toMatchObject({ ok: false, baseMaps: { damaged: [file.replace('base-maps/', '')] } });
      if (host === null) return;
      await expectAllCases(host);
      const { maps } = await ask(host, 'basemap.list', {});
      expect(maps.flatMap(({ problem }) => problem?.reason ?? [])).toEqual(['key_missing']);
    },
  },
  {
    name: 'what the wall shows',
    pattern: /^wall\/state\.json$/,
    check: async ({ host, told, verified }) => {
      expect(told).toEqual(['wall_damaged']);
      expect(verified).toMatchObject({ ok: false, wall: { files: 2, damaged: ['state.json'] } });
      if (host === null) return;
      await expectAllCases(host);
      expect(await ask(host, 'wall.state', {})).toMatchObject({ night: null, plan: { scenes: [{ kind: 'watch' }] } });
    },
  },
  {
    name: 'lines of past days on the wall',
    pattern: /^wall\/figures\.json$/,
    check: async ({ host, told, verified }) => {
      expect(told).toEqual(['wall_figures_damaged']);
      expect(verified).toMatchObject({ ok: false, wall: { files: 2, damaged: ['figures.json'] } });
      if (host === null) return;
      await expectAllCases(host);
      expect(await ask(host, 'wall.state', {})).toMatchObject({ night: { from: 1_320, to: 360 } });
    },
  },
  {
    name: 'briefing',
    pattern: /^briefings\/.*\.json$/,
    places: [70],
    check: async ({ file, host, told, verified }) => {
      expect(told).toEqual([]);
      expect(verified).toMatchObject({ ok: false, briefings: { damaged: [file.replace('briefings/', '')] } });
      if (host === null) return;
      await expectAllCases(host);
      expect(await ask(host, 'briefings.list', {})).toMatchObject({ briefings: [{ state: 'damaged' }] });
    },
  },
  { name: 'right to read the wall', pattern: /^wall\/\.token$/, check: beside },
  {
    name: 'settings',
    pattern: /^settings\.json$/,
    check: async ({ host, told }) => {
      expect(told).toEqual(['backup_settings_damaged']);
      if (host !== null) expect(await ask(host, 'backup.status', {})).toMatchObject({ isUnset: true });
    },
  },
  {
    name: 'what is known of backups',
    pattern: /^backup\.json$/,
    check: async (flipped) => {
      await disposable(flipped);
      if (flipped.host === null) return;
      const { lastGood, settings } = await ask(flipped.host, 'backup.status', {});
      expect(settings).toEqual(status.settings);
      expect([null, status.lastGood]).toContainEqual(lastGood);
    },
  },
  { name: 'how to reach the host', pattern: /^host\.json$/, check: beside },
  { name: 'refused rows and reports of imports', pattern: /^imports\//, check: beside },
  { name: 'files that were handed in', pattern: /^uploads\//, check: beside },
];

test('every file that a host writes is of a kind below, and there is one of every kind', () => {
  expect(files.filter((file) => kindsOf(file).length !== 1)).toEqual([]);
  expect(kinds.filter(({ pattern }) => !files.some((file) => pattern.test(file))).map(({ name }) => name)).toEqual([]);
});

describe.each(kinds)('a byte flipped: $name', ({ pattern, places = [], check }) => {
  test(
    'told, or made anew, or refused with the reason; never a crash, never silent',
    { timeout: 240_000 },
    async () => {
      let flips = 0;
      for (const file of files.filter((name) => pattern.test(name))) {
        const { length } = await readFile(join(filled.dataFolder, file));
        const wanted = new Set([0, ...places, length >> 1, length - 1].filter((place) => place >= 0 && place < length));
        for (const place of wanted) {
          await withFlip(file, place, check);
          flips += 1;
        }
      }
      expect(flips).toBeGreaterThan(2);
    },
  );
});

describe('a byte flipped in a backup', () => {
  test('of any file: the restore names it, and leaves nothing', { timeout: 300_000 }, async () => {
    const manifest = JSON.parse(await readFile(join(filled.backup, 'manifest.json'), 'utf8')) as {
      readonly files: readonly { readonly path: string; readonly sha256: string }[];
    };
    for (const { path, sha256 } of manifest.files) {
      const stored = join('files', sha256.slice(0, 2), sha256.slice(2));
      const { length } = await readFile(join(filled.backup, stored));
      const places = [0, length >> 1, length - 1].filter((place) => place >= 0 && place < length);
      for (const place of places) await expectNotRestored(stored, place, path);
    }
  });

  test('of the manifest, any of them: the restore says so', { timeout: 300_000 }, async () => {
    const { length } = await readFile(join(filled.backup, 'manifest.json'));
    for (let place = 0; place < length - 1; place += 7)
      await expectNotRestored('manifest.json', place, 'manifest.json');
  });
});

/**
 * Verify names the segment. The start says so too, or, of one that it need not read, the walk through the whole journal that
 * comes after it; and then nothing is written, or only an end was cut that is kept.
 */
async function inJournal({ file, host, told, verified }: Flipped): Promise<void> {
  const segment = file.replace('journal/', '');
  expect(verified.ok).toBe(false);
  expect(verified.journal.problems.map((problem) => problem.segment)).toContain(segment);
  if (host !== null && told.includes('journal_tail_cut')) {
    // The mark of the clean stop, behind which no entry lies.
    expect(told).toEqual(['journal_tail_cut']);
    return expectAllCases(host);
  }
  await host?.journal.verify();
  const known = host === null ? told : codesOf(host);
  expect(known.filter((code) => code !== 'journal_missing')).toEqual(['journal_damaged']);
  expect(host?.journal.readOnlyReason()).toContain(segment);
}

async function withFlip(file: string, place: number, check: Kind['check']): Promise<void> {
  const dataFolder = await copyOf(filled.dataFolder);
  await flip(join(dataFolder, file), place);
  const verified = await verifyFolder({ folder: dataFolder, running: null, log });
  let host: Host | null = null;
  let told: readonly string[];
  try {
    host = await start(dataFolder);
    told = codesOf(host);
  } catch (cause) {
    if (!(cause instanceof StartProblem)) throw new Error(`${file}, byte ${place}`, { cause });
    told = [cause.message];
  }
  try {
    await check({ file, dataFolder, host, told, verified });
  } catch (cause) {
    throw new Error(`${file}, byte ${place}: ${told.join()}: ${String(cause)}`, { cause });
  } finally {
    await host?.close();
    await rm(dataFolder, { recursive: true });
  }
}

async function expectNotRestored(file: string, place: number, named: string): Promise<void> {
  const from = await copyOf(filled.backup);
  await flip(join(from, file), place);
  const into = await temporaryFolder();
  const restoring = restoreBackup({
    ...{ from, to: join(into, 'restored'), signal: new AbortController().signal, onProgress: () => {} },
    verify: (folder, anchors) => verifyFolder({ folder, anchors, running: null, log }),
  });
  const problem = await restoring.then(
    () => null,
    (cause: unknown) => cause,
  );
  expect(problem, `${file}, byte ${place}`).toBeInstanceOf(BackupProblem);
  expect(String(problem)).toContain(named);
  expect(await readdir(into)).toEqual([]);
  await rm(from, { recursive: true });
}

async function expectAllCases(host: Host): Promise<void> {
  expect(host.cases.counts().total).toBe(filled.cases);
  expect(await ask(host, 'cases.count', {})).toMatchObject({ count: filled.cases });
  expect(await ask(host, 'journal.verify', {})).toMatchObject({ ok: true });
}

function start(dataFolder: string): Promise<Host> {
  return hostOn(dataFolder, { segmentBytes }, filled.secret);
}

function codesOf(host: Host): readonly string[] {
  return factsOf(host.health()).map(({ code }) => code);
}

function kindsOf(file: string): readonly Kind[] {
  return kinds.filter(({ pattern }) => pattern.test(file));
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found.flatMap((entry) =>
    entry.isFile() ? [join(entry.parentPath, entry.name).slice(folder.length + 1)] : [],
  );
}

async function copyOf(folder: string): Promise<string> {
  const copy = join(await temporaryFolder(), 'copy');
  await cp(folder, copy, { recursive: true });
  return copy;
}

async function flip(path: string, place: number): Promise<void> {
  const bytes = await readFile(path);
  bytes[place] = (bytes[place] ?? 0) ^ 0x55;
  await writeFile(path, bytes);
}
