import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { OutputOf } from '#contract/api.ts';
import { startFailures } from '#contract/host-process.ts';
import { aReportInput } from '#tests/builders/wire.ts';
import { factsOf, failToStart, runHeadless, startHost, type HostProcess } from '#tests/support/start-host.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

const canary = { name: '金丝雀柯娜莉', phone: '13987650123', note: '鸟笼巷七号院' };
const phrase = 'a pass-phrase of the canary';

/** Every way in which a word of the canary could lie in a file: its bytes, their base64 at each offset, JSON escapes. */
function tracesOf(word: string): readonly Buffer[] {
  const bytes = Buffer.from(word, 'utf8');
  const base64 = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
    // Digits at either end hang on their neighbours too.
    return text.slice(shift === 0 ? 0 : shift + 1, text.length - 4);
  });
  const escaped = Array.from(word, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
  return [
    bytes,
    Buffer.from(word, 'utf16le'),
    Buffer.from(bytes.toString('hex')),
    ...[...base64, escaped].map((text) => Buffer.from(text)),
  ];
}

const words = [...Object.values(canary), phrase];

/** Where in a folder a word of the canary, or the pass-phrase, can be read; journal, projection, temporary files and all. */
async function foundIn(folder: string): Promise<{ readonly files: number; readonly found: readonly string[] }> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const found: string[] = [];
  for (const file of files) {
    const content = await readFile(file);
    for (const word of words) {
      if (tracesOf(word).some((trace) => content.includes(trace)) || file.includes(word))
        found.push(`${word} in ${file}`);
    }
  }
  return { files: files.length, found };
}

async function recordsIn(people: string): Promise<number> {
  const found = await readdir(join(people, 'records'), { recursive: true, withFileTypes: true });
  return found.filter((entry) => entry.isFile()).length;
}

async function linesIn(folder: string): Promise<readonly string[]> {
  const texts = (await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8'));
  return (await Promise.all(texts)).flatMap((text) => text.split('\n').slice(0, -1));
}

async function value<Value>(
  answer: Promise<{ readonly ok: boolean; readonly value?: Value; readonly error?: unknown }>,
) {
  const outcome = await answer;
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  return outcome.value as Value;
}

test('the search of the canary finds it in every form', async () => {
  const folder = await temporaryFolder();
  const base64 = ['', 'x', 'xy'].map((before) => Buffer.from(`${before}${canary.name}${before}`).toString('base64'));
  const forms = [canary.name, '"\\u91d1\\u4e1d\\u96c0\\u67ef\\u5a1c\\u8389"', ...base64];
  for (const [index, form] of forms.entries()) await writeFile(join(folder, String(index)), `before ${form} after`);
  await writeFile(join(folder, 'hex'), Buffer.from(canary.name).toString('hex'));
  await writeFile(join(folder, 'wide'), Buffer.from(canary.name, 'utf16le'));
  const { files, found } = await foundIn(folder);
  expect(found).toHaveLength(files);
});

test('a canary goes through report, reveal, crash, erasure and restart, and no file ever shows a word of it', async () => {
  const dataFolder = await temporaryFolder();
  const secretFile = join(await temporaryFolder(), 'secret');
  await writeFile(secretFile, `${phrase}\n`, { mode: 0o600 });
  const start = () => startHost({ dataFolder, args: ['--no-simulate', '--secret-file', secretFile] });
  const said: string[] = [];
  const look = async () => {
    const { files, found } = await foundIn(dataFolder);
    expect(found).toEqual([]);
    return files;
  };
  const get = (host: HostProcess, id: string): Promise<OutputOf<'case.get'>> => value(host.call('case.get', { id }));

  let host = await start();
  const report = () =>
    value(host.call('case.report', { ...aReportInput(), reporter: { ...canary, isConfidential: true } }));
  const { caseId } = await report();
  const { caseId: other } = await report();
  expect(await get(host, caseId)).toMatchObject({ reporter: { name: '金**', phone: '139****0123' } });
  expect(await value(host.call('person.reveal', { caseId, reason: '回访' }))).toMatchObject(canary);
  const list = await value(host.call('cases.list', {}));
  const history = await value(host.call('case.history', { id: caseId }));
  expect(JSON.stringify([list, history])).not.toMatch(new RegExp(words.join('|')));
  expect(await look()).toBeGreaterThan(5);
  const killed = await host.kill();
  said.push(killed.stdout, killed.stderr);
  await look();

  host = await start();
  expect(await value(host.call('person.reveal', { caseId, reason: '再次回访' }))).toMatchObject(canary);
  const { reporterId } = await get(host, caseId);
  const people = join(dataFolder, 'people');
  const asBefore = join(await temporaryFolder(), 'people');
  await cp(people, asBefore, { recursive: true });
  await value(host.call('person.erase', { caseId, reason: '本人要求' }));
  expect(await get(host, caseId)).toMatchObject({ reporter: { state: 'erased', name: null } });
  expect(await host.call('person.reveal', { caseId, reason: '回访' })).toMatchObject({
    error: { code: 'reporter_erased' },
  });
  expect(await recordsIn(people)).toBe(1);
  await look();
  const stopped = await host.stop();
  said.push(stopped.stdout, stopped.stderr);

  // As a crash between the entry and the erasure leaves it: the next start ends what was recorded.
  await cp(asBefore, people, { recursive: true });
  expect(await recordsIn(people)).toBe(2);
  host = await start();
  expect(await recordsIn(people)).toBe(1);
  expect(await get(host, caseId)).toMatchObject({ reporterId, reporter: { state: 'erased' }, state: 'reported' });
  expect(await value(host.call('person.reveal', { caseId: other, reason: '回访' }))).toMatchObject(canary);
  expect(await value(host.call('journal.verify', {}))).toMatchObject({ ok: true, problems: [] });
  await value(host.call('person.erase', { caseId: other, reason: '本人要求' }));
  const last = await host.stop();
  for (const folder of ['keys', 'phones']) expect(await linesIn(join(people, folder))).toEqual([]);
  await look();
  expect([...said, last.stdout, last.stderr].join('\n')).not.toMatch(new RegExp(words.join('|')));
});

test('a wrong pass-phrase, a file that others may read and a missing one end the start with the reason, and change nothing', async () => {
  const dataFolder = await temporaryFolder();
  const folder = await temporaryFolder();
  const host = await startHost({ dataFolder, args: ['--no-simulate', '--secret-stdin'], input: `${phrase}\n` });
  const { caseId } = await value(host.call('case.report', { ...aReportInput(), reporter: canary }));
  await host.stop();
  const master = await readFile(join(dataFolder, 'people', 'master.json'));

  const wrong = join(folder, 'wrong');
  await writeFile(wrong, 'another pass-phrase\n', { mode: 0o600 });
  const open = join(folder, 'open');
  await writeFile(open, `${phrase}\n`, { mode: 0o644 });
  for (const [file, reason] of [
    [wrong, 'does not open the personal data'],
    [join(folder, 'none'), 'cannot be read'],
    ...(process.platform === 'win32' ? [] : [[open, 'can be read by others'] as const]),
  ] as const) {
    const ended = await failToStart(['--headless', '--port', '0', '--data', dataFolder, '--secret-file', file]);
    expect([ended.exitCode, ended.stderr]).toEqual([startFailures.bad_secret, expect.stringContaining(reason)]);
    expect(ended.stderr).not.toContain(phrase);
  }
  expect(await readFile(join(dataFolder, 'people', 'master.json'))).toEqual(master);

  const without = await startHost({ dataFolder, args: ['--no-simulate'] });
  const health = await value(without.call('health.get', {}));
  expect(factsOf(health)).toMatchObject([{ code: 'people_locked', severity: 'warning' }]);
  expect(await value(without.call('case.get', { id: caseId }))).toMatchObject({
    reporter: { state: 'off', name: null },
  });
  expect(await without.call('case.report', { ...aReportInput(), reporter: canary })).toMatchObject({
    error: { code: 'people_off', detail: { store: 'people_locked' } },
  });
  await without.stop();

  const again = await startHost({ dataFolder, args: ['--no-simulate', '--secret-stdin'], input: phrase });
  expect(await value(again.call('person.reveal', { caseId, reason: '回访' }))).toMatchObject(canary);
  await again.stop();
});

test('the pass-phrase is changed from files alone, by nobody who lacks the old one, and on record', async () => {
  const dataFolder = await temporaryFolder();
  const folder = await temporaryFolder();
  const files = { old: phrase, new: 'a newer pass-phrase', short: 'short', wrong: 'another pass-phrase' };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), `${text}\n`, { mode: 0o600 });
  const secret = (name: string) => ['--no-simulate', '--secret-file', join(folder, name)];
  const host = await startHost({ dataFolder, args: secret('old') });
  const { caseId } = await value(host.call('case.report', { ...aReportInput(), reporter: canary }));
  const change = (from: string, to: string) =>
    runHeadless(['--change-secret', join(folder, to), '--secret-file', join(folder, from), '--data', dataFolder]);
  expect(await change('old', 'new')).toMatchObject({ exitCode: startFailures.folder_locked, stdout: '' });
  await host.stop();
  const master = await readFile(join(dataFolder, 'people', 'master.json'), 'utf8');
  expect(await change('wrong', 'new')).toMatchObject({
    ...{ exitCode: startFailures.bad_secret, stdout: '' },
    stderr: expect.stringContaining('does not open the personal data') as string,
  });
  expect(await change('old', 'short')).toMatchObject({
    ...{ exitCode: startFailures.bad_secret, stdout: '' },
    stderr: expect.stringContaining('at least 12 characters') as string,
  });
  expect(await readFile(join(dataFolder, 'people', 'master.json'), 'utf8')).toBe(master);
  expect(await change('old', 'new')).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('true') as string });
  expect((await foundIn(dataFolder)).found).toEqual([]);

  const refused = await failToStart(['--headless', '--port', '0', '--data', dataFolder, ...secret('old')]);
  expect(refused.exitCode).toBe(startFailures.bad_secret);
  const again = await startHost({ dataFolder, args: secret('new') });
  expect(await value(again.call('person.reveal', { caseId, reason: '回访' }))).toMatchObject(canary);
  const { entries } = await value(again.call('audit.list', { limit: 10 }));
  expect(entries.map(({ act, actor, outcome }) => [act, actor, outcome])).toEqual([
    ...[['secret.change', 'command-line', 'done'] as const, ['secret.change', 'command-line', 'begun'] as const],
    ...[['secret.change', 'command-line', 'failed'] as const, ['secret.change', 'command-line', 'begun'] as const],
  ]);
  await again.stop();
});
