import { randomBytes } from 'node:crypto';
import { appendFile, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { required } from '#domain/base/assert-never.ts';
import { refused, ok } from '#domain/base/result.ts';
import type { Secrets } from '#host/ports/secrets.ts';
import { masterKeyOf } from '#host/secrets/master-key.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { openPeople } from './folder-people.ts';

const person = { name: '王小明', phone: '13812341234', note: '李家桥村口' };

function secretsOf(key: Uint8Array): Secrets {
  return { masterKey: () => Promise.resolve(ok(masterKeyOf(key))) };
}

async function store() {
  const folder = join(await temporaryFolder(), 'people');
  const key = randomBytes(32);
  const open = () => openPeople(folder, secretsOf(key));
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
  const line = required((await readFile(join(folder, 'keys.log'), 'utf8')).split('\n')[0], 'a key');
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

test('a key line that a crash cut is taken away, and the record without it goes with the next sweep', async () => {
  const { folder, people, open } = await store();
  const whole = await kept(people);
  const cut = await kept(people);
  const file = join(folder, 'keys.log');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.slice(0, -20));
  const again = await open();
  expect(await again.read(cut.ref)).toEqual(refused('missing'));
  const third = await kept(again);
  expect(await again.keepOnly(new Set([whole.ref, third.ref]))).toBe(1);
  await expect(stat(fileOf(folder, cut.ref))).rejects.toThrow('ENOENT');
  for (const ref of [whole.ref, third.ref]) expect(await (await open()).read(ref)).toEqual(ok(person));
});

test('the sweep erases what no event names, half-made files too, and leaves the rest', async () => {
  const { folder, people } = await store();
  const [named, stray] = [await kept(people), await kept(people)];
  await writeFile(`${fileOf(folder, named.ref)}.half-made`, 'half');
  expect(await people.keepOnly(new Set([named.ref]))).toBe(2);
  expect(await people.read(named.ref)).toEqual(ok(person));
  expect(await people.read(stray.ref)).toEqual(refused('missing'));
  const left = await readdir(join(folder, 'records'), { recursive: true, withFileTypes: true });
  expect(left.filter((entry) => entry.isFile()).map(({ name }) => name)).toEqual([named.ref]);
});

test('a damaged or exchanged record is told, and a line that can’t be read harms no other', async () => {
  const { folder, people, open } = await store();
  const [one, two] = [await kept(people), await kept(people)];
  await writeFile(fileOf(folder, one.ref), await readFile(fileOf(folder, two.ref)));
  expect(await people.read(one.ref)).toEqual(refused('damaged'));
  await appendFile(join(folder, 'keys.log'), 'no key\n');
  const again = await open();
  expect(await again.read(two.ref)).toEqual(ok(person));
  const three = await kept(again);
  await again.erase(one.ref);
  expect(await (await open()).read(three.ref)).toEqual(ok(person));
  expect(await readFile(join(folder, 'keys.log'), 'utf8')).toContain('no key\n');
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
  expect(await closed.keepOnly(new Set())).toBe(0);
  await expect(readdir(folder)).rejects.toThrow('ENOENT');
  await (await openPeople(folder, secretsOf(randomBytes(32)))).keep(person);
  await openPeople(folder, none);
  expect(asked).toEqual([true, false]);
  await rm(folder, { recursive: true });
});
