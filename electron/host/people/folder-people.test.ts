import { randomBytes } from 'node:crypto';
import { appendFile, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { refused, ok } from '#domain/base/result.ts';
import type { Secrets } from '#host/ports/secrets.ts';
import { masterKeyOf } from '#host/secrets/master-key.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { openPeople } from './folder-people.ts';
import { halfMade, peopleDisk, type PeopleDisk } from './people-disk.ts';

const person = { name: '王小明', phone: '13812341234', note: '李家桥村口' };

function secretsOf(key: Uint8Array): Secrets {
  return { masterKey: () => Promise.resolve(ok(masterKeyOf(key))) };
}

async function store() {
  const folder = join(await temporaryFolder(), 'people');
  const key = randomBytes(32);
  const open = (disk?: PeopleDisk) => openPeople(folder, secretsOf(key), disk);
  return { folder, open, people: await open() };
}

async function kept(people: Awaited<ReturnType<typeof openPeople>>, given = person) {
  const outcome = await people.keep(given);
  if (!outcome.ok) throw new Error(outcome.error);
  return outcome.value;
}

async function contentsOf(folder: string): Promise<string> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const texts = files.map(
    async (entry) => `${entry.name} ${await readFile(join(entry.parentPath, entry.name), 'latin1')}`,
  );
  return (await Promise.all(texts)).join('\n');
}

/** The file in which the key of a record lies. */
const keysOf = (folder: string, ref: string) => join(folder, 'keys', `${ref.slice(0, 3)}.log`);
const keyLineOf = async (folder: string, ref: string) => (await readFile(keysOf(folder, ref), 'utf8')).trimEnd();
const named = (kept: readonly string[], erased: readonly string[] = [], after = 0, upTo = after) => ({
  ...{ after, upTo },
  kept: new Set(kept),
  erased: new Set(erased),
});

const fileOf = (folder: string, ref: string) => join(folder, 'records', ref.slice(0, 2), ref);

test('a record is read again after a restart; no file says a word of it', async () => {
  const { folder, people, open } = await store();
  const { ref } = await kept(people);
  for (const opened of [people, await open()]) expect(await opened.read(ref)).toEqual(ok(person));
  const contents = await contentsOf(folder);
  for (const word of Object.values(person)) expect(contents).not.toContain(Buffer.from(word).toString('latin1'));
  if (process.platform !== 'win32') expect((await stat(fileOf(folder, ref))).mode & 0o777).toBe(0o600);
});

test('records of one phone have one caller, whoever gave the name, also after a restart; without a phone there is none', async () => {
  const { people, open } = await store();
  const first = await kept(people);
  expect((await kept(people, { ...person, name: '王先生' })).reporterId).toBe(first.reporterId);
  expect((await kept(await open())).reporterId).toBe(first.reporterId);
  expect((await kept(people, { ...person, phone: '13900000000' })).reporterId).not.toBe(first.reporterId);
  expect((await kept(people, { ...person, phone: '' })).reporterId).toBeNull();
});

test('what was erased is gone: file, key and, with its last record, the caller', async () => {
  const { folder, people, open } = await store();
  const [one, two] = [await kept(people), await kept(people)];
  await people.settle(named([one.ref, two.ref]));
  const line = await keyLineOf(folder, one.ref);
  const record = await readFile(fileOf(folder, one.ref));
  expect(await people.erase(one.ref)).toEqual(ok(null));
  expect(await people.erase(one.ref)).toEqual(ok(null));
  const contents = await contentsOf(folder);
  expect(contents).not.toContain(one.ref);
  expect(contents).not.toContain(line);
  for (const opened of [people, await open()]) {
    expect(await opened.read(one.ref)).toEqual(refused('missing'));
    expect(await opened.read(two.ref)).toEqual(ok(person));
  }
  // A copy of the file opens no more: its key is not there.
  await writeFile(fileOf(folder, one.ref), record);
  expect(await (await open()).read(one.ref)).toEqual(refused('missing'));
  expect((await kept(people)).reporterId).toBe(two.reporterId);
  const { people: fresh } = await store();
  const only = await kept(fresh);
  await fresh.erase(only.ref);
  expect((await kept(fresh)).reporterId).not.toBe(only.reporterId);
});

test('a key line that a crash cut counts as none, the next one takes its place, and what has no key goes', async () => {
  const { folder, people, open } = await store();
  const [whole, cut] = [await kept(people), await kept(people)];
  const line = await keyLineOf(folder, cut.ref);
  await writeFile(keysOf(folder, cut.ref), `${await keyLineOf(folder, whole.ref)}\n${line.slice(0, -20)}`);
  const again = await open();
  expect(await again.read(cut.ref)).toEqual(refused('missing'));
  await peopleDisk.append(keysOf(folder, cut.ref), await keyLineOf(folder, whole.ref));
  expect(await readFile(keysOf(folder, cut.ref), 'utf8')).not.toContain(cut.ref);
  expect(await again.keepOnly(named([whole.ref]))).toEqual(ok(1));
  await expect(stat(fileOf(folder, cut.ref))).rejects.toThrow('ENOENT');
  expect(await (await open()).read(whole.ref)).toEqual(ok(person));
});

test('a start erases what is unsettled and not named, half-made files too, and ends what was erased', async () => {
  const { folder, people, open } = await store();
  const [settled, tail, stray, erased] = [
    ...[await kept(people), await kept(people)],
    ...[await kept(people), await kept(people)],
  ].map(({ ref }) => ref) as [string, string, string, string];
  expect(await people.settle(named([settled, erased]))).toEqual(ok(0));
  await writeFile(`${fileOf(folder, stray)}.half-made`, 'half');
  const again = await open();
  // A settled record is not asked about again: the entries that name it may lie long ago.
  expect(await again.keepOnly(named([tail], [erased]))).toEqual(ok(2));
  const left = await readdir(join(folder, 'records'), { recursive: true, withFileTypes: true });
  expect(
    left
      .filter((entry) => entry.isFile())
      .map(({ name }) => name)
      .sort(),
  ).toEqual([settled, tail].sort());
  expect(await readFile(join(folder, 'unsettled.log'), 'utf8')).toBe('settled 0\n');
  expect(await (await open()).keepOnly(named([]))).toEqual(ok(0));
  for (const ref of [settled, tail]) expect(await (await open()).read(ref)).toEqual(ok(person));
});

test('a store that is older than what the start left out erases nobody but who was erased, and says how far it was told', async () => {
  const { folder, people, open } = await store();
  const [named10, named60, erased] = [await kept(people), await kept(people), await kept(people)].map(({ ref }) => ref);
  if (named10 === undefined || named60 === undefined || erased === undefined) throw new Error('three are kept');
  expect(people.settledUpTo()).toBeNull();
  const older = await readFile(join(folder, 'unsettled.log'));
  expect(await people.settle(named([named10], [], 0, 50))).toEqual(ok(0));
  expect(people.settledUpTo()).toBe(50);
  expect(await (await open()).keepOnly(named([named60], [], 50, 60))).toEqual(ok(1));
  expect((await open()).settledUpTo()).toBe(60);

  const again = await kept(await open());
  await writeFile(join(folder, 'unsettled.log'), older);
  const restored = await open();
  expect(restored.settledUpTo()).toBe(0);
  expect(await restored.keepOnly(named([], [again.ref], 60, 70))).toEqual(ok(1));
  expect(restored.settledUpTo()).toBe(0);
  expect(await restored.keepOnly(named([named60], [], 0, 70))).toEqual(ok(1));
  expect([(await restored.read(named60)).ok, (await restored.read(named10)).ok]).toEqual([true, false]);
});

test('what is erased between the entry and the store is gone once it is settled', async () => {
  const { people, open } = await store();
  const { ref } = await kept(people);
  await people.settle(named([ref]));
  expect(await people.settle(named([], [ref]))).toEqual(ok(1));
  expect(await (await open()).read(ref)).toEqual(refused('missing'));
});

test('a damaged or exchanged record is told, and a line that can’t be read harms no other', async () => {
  const { folder, people, open } = await store();
  const [one, two] = [await kept(people), await kept(people)];
  await writeFile(fileOf(folder, one.ref), await readFile(fileOf(folder, two.ref)));
  expect(await people.read(one.ref)).toEqual(refused('damaged'));
  await appendFile(keysOf(folder, one.ref), 'no key\n');
  const again = await open();
  expect(await again.read(two.ref)).toEqual(ok(person));
  const three = await kept(again);
  await again.erase(one.ref);
  expect(await (await open()).read(three.ref)).toEqual(ok(person));
  expect(await readFile(keysOf(folder, one.ref), 'utf8')).toBe('no key\n');
});

test('with another key nothing opens, and nothing is lost', async () => {
  const { folder, people, open } = await store();
  const { ref } = await kept(people);
  const other = await openPeople(folder, secretsOf(randomBytes(32)));
  expect(await other.read(ref)).toEqual(refused('missing'));
  expect(await (await open()).read(ref)).toEqual(ok(person));
});

test('without a master key the store is closed and makes no file; a store that was used asks for its own key', async () => {
  const folder = join(await temporaryFolder(), 'people');
  const asked: boolean[] = [];
  const none: Secrets = {
    masterKey: (isNew) => {
      asked.push(isNew);
      return Promise.resolve(refused('no_secret'));
    },
  };
  const closed = await openPeople(folder, none);
  expect(closed.state()).toBe('no_secret');
  expect(await closed.keep(person)).toEqual(refused('off'));
  expect(await closed.read('x')).toEqual(refused('off'));
  expect(await closed.erase('x')).toEqual(refused('off'));
  expect(await closed.keepOnly(named([]))).toEqual(ok(0));
  await expect(readdir(folder)).rejects.toThrow('ENOENT');
  await (await openPeople(folder, secretsOf(randomBytes(32)))).keep(person);
  await openPeople(folder, none);
  expect(asked).toEqual([true, false]);
  await rm(folder, { recursive: true });
});

test('opening 200,000 records reads one file, and a record two: its keys’ and its own', async () => {
  const { folder, people, open } = await store();
  const { ref } = await kept(people);
  const line = JSON.parse(await keyLineOf(folder, ref)) as { readonly ref: string; readonly sealed: string };
  for (let bucket = 0; bucket < 4_096; bucket += 1) {
    const prefix = bucket.toString(16).padStart(3, '0');
    const refs = Array.from({ length: 49 }, () => prefix + randomBytes(16).toString('hex').slice(3));
    const text = refs.map((one) => `${JSON.stringify({ ...line, ref: one })}\n`).join('');
    await appendFile(join(folder, 'keys', `${prefix}.log`), text);
  }
  const reads: string[] = [];
  const counting: PeopleDisk = {
    ...peopleDisk,
    read: (file) => {
      reads.push(file.slice(folder.length + 1));
      return peopleDisk.read(file);
    },
  };
  const opened = await open(counting);
  expect(reads.splice(0)).toEqual(['keys.log', 'unsettled.log']);
  expect(await opened.read(ref)).toEqual(ok(person));
  expect(reads).toEqual([`keys/${ref.slice(0, 3)}.log`, `records/${ref.slice(0, 2)}/${ref}`]);
});

test('a folder of one file of keys is moved over once, with callers, and stays readable', async () => {
  const { folder, people, open } = await store();
  const all = [await kept(people), await kept(people), await kept(people, { ...person, phone: '' })];
  await people.settle(named(all.map(({ ref }) => ref)));
  await asOneFile(folder);
  const moved = await open();
  expect(await readdir(folder)).not.toContain('keys.log');
  for (const { ref } of all) expect((await moved.read(ref)).ok).toBe(true);
  expect((await kept(moved)).reporterId).toBe(all[0]?.reporterId);
  expect(await moved.keepOnly(named([]))).toEqual(ok(1));
});

/** Makes a store what earlier versions had: all lines of keys in one file, without callers and unsettled ones. */
async function asOneFile(folder: string): Promise<void> {
  const names = await readdir(join(folder, 'keys'));
  const texts = await Promise.all(names.map((name) => readFile(join(folder, 'keys', name), 'utf8')));
  for (const name of ['keys', 'phones', 'unsettled.log']) await rm(join(folder, name), { recursive: true });
  await writeFile(join(folder, 'keys.log'), `${texts.join('')}{"ref":"cut off`);
}

describe('a crash', () => {
  const hows = ['before', 'half-way', 'after'] as const;

  /** Ends everything at the change of that number; returns the changes that were done when it did not come so far. */
  function endingAt(number: number, how: (typeof hows)[number]): { readonly disk: PeopleDisk; isOver: boolean } {
    let done = 0;
    const ending = { disk: peopleDisk, isOver: false };
    const act = async <Value>(half: () => Promise<void>, whole: () => Promise<Value>): Promise<Value> => {
      if (ending.isOver) throw new Error('the plug is pulled');
      done += 1;
      if (done < number) return whole();
      ending.isOver = true;
      if (how === 'half-way') await half();
      if (how === 'after') await whole();
      throw new Error('the plug is pulled');
    };
    ending.disk = {
      ...peopleDisk,
      append: (file, line) =>
        act(
          async () => {
            await peopleDisk.makeFolder(dirname(file));
            await appendFile(file, line.slice(0, line.length / 2));
          },
          () => peopleDisk.append(file, line),
        ),
      replace: (file, bytes) =>
        act(
          async () => {
            await peopleDisk.makeFolder(dirname(file));
            await writeFile(halfMade(file), bytes.subarray(0, bytes.length / 2));
          },
          () => peopleDisk.replace(file, bytes),
        ),
      remove: (file) =>
        act(
          async () => {
            await peopleDisk.read(file).then((bytes) => (bytes === null ? null : writeFile(file, bytes.fill(0))));
          },
          () => peopleDisk.remove(file),
        ),
    };
    return ending;
  }

  /** What the journal knows since the last settling, as a start folds it. */
  interface Tail {
    readonly after: number;
    readonly upTo: number;
    readonly kept: Set<string>;
    readonly erased: Set<string>;
  }

  test.each(hows)('%s any change of the disk loses nobody who is named, and keeps nobody who is not', async (how) => {
    for (let number = 1; ; number += 1) {
      const { folder, people, open } = await store();
      const [first, second] = [await kept(people), await kept(people)];
      await people.settle(named([first.ref, second.ref]));
      const alive = new Set([first.ref, second.ref]);
      const tail: Tail = { after: 0, upTo: 0, kept: new Set(), erased: new Set() };
      const ending = endingAt(number, how);
      const life = async (disk: PeopleDisk) => {
        const opened = await open(disk);
        const record = async () => {
          const { ref } = await kept(opened);
          tail.kept.add(ref);
          alive.add(ref);
        };
        await record();
        const refusedOne = await kept(opened);
        await opened.erase(refusedOne.ref);
        tail.erased.add(first.ref);
        alive.delete(first.ref);
        await opened.erase(first.ref);
        const settled = await opened.settle(tail);
        if (settled.ok) for (const set of [tail.kept, tail.erased]) set.clear();
        await record();
      };
      const over = await life(ending.disk).then(
        () => false,
        () => true,
      );
      // The start after it may end as well, and is then done again.
      const broken = endingAt((number % 4) + 1, how);
      await open(broken.disk)
        .then((again) => again.keepOnly(tail))
        .catch(() => null);
      const last = await open();
      await last.keepOnly(tail);
      for (const ref of alive) expect(await last.read(ref), `change ${number}`).toEqual(ok(person));
      const files = await readdir(join(folder, 'records'), { recursive: true, withFileTypes: true });
      expect(files.flatMap((one) => (one.isFile() ? one.name : [])).sort()).toEqual([...alive].sort());
      expect(await lineCount(join(folder, 'keys'))).toBe(alive.size);
      expect(await lineCount(join(folder, 'phones'))).toBe(alive.size);
      expect(await readFile(join(folder, 'unsettled.log'), 'utf8')).toBe('settled 0\n');
      expect((await kept(last)).reporterId).toBe(second.reporterId);
      if (!over) return expect(number).toBeGreaterThan(15);
    }
  });

  test.each(hows)('%s any change of moving one file of keys over loses none', async (how) => {
    for (let number = 1; ; number += 1) {
      const { folder, people, open } = await store();
      const all = [await kept(people), await kept(people), await kept(people, { ...person, phone: '13900000000' })];
      await people.settle(named(all.map(({ ref }) => ref)));
      await asOneFile(folder);
      const over = await open(endingAt(number, how).disk).then(
        () => false,
        () => true,
      );
      const again = await open();
      for (const { ref } of all) expect((await again.read(ref)).ok, `change ${number}`).toBe(true);
      expect((await kept(again)).reporterId).toBe(all[0]?.reporterId);
      expect(await readdir(folder)).not.toContain('keys.log');
      if (!over) return expect(number).toBeGreaterThan(5);
    }
  });

  async function lineCount(folder: string): Promise<number> {
    const names = (await readdir(folder)).filter((name) => name.endsWith('.log'));
    const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
    return texts.join('').split('\n').length - 1;
  }
});
