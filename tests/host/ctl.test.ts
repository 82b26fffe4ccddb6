import { afterAll, beforeAll, expect, test } from 'vitest';
import { api, methodNames } from '#contract/api.ts';
import { factsOf, runCtl, runCtlInto, startHost, statusAtRest, type HostProcess } from '#tests/support/start-host.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

let host: HostProcess;
beforeAll(async () => {
  host = await startHost({ args: ['--no-simulate'] });
});
afterAll(async () => {
  await host.stop();
});

const onHost = (...args: readonly string[]) => runCtl('--data', host.dataFolder, ...args);

test('exit 0: the answer is JSON on stdout, and stderr is empty', async () => {
  const { exitCode, stdout, stderr } = await onHost('health.get');
  expect([exitCode, stderr]).toEqual([0, '']);
  const health = api['health.get'].output.parse(JSON.parse(stdout));
  expect(health).toMatchObject({
    status: statusAtRest(health),
    dataFolder: host.dataFolder,
    cases: { open: 0, total: 0 },
  });
  expect(factsOf(health)).toEqual([]);
});

test('exit 1: a refusal, with its code as JSON on stderr', async () => {
  const absent = await onHost('case.get', '{"id":"20990101000001"}');
  expect([absent.exitCode, absent.stdout]).toEqual([1, '']);
  expect(JSON.parse(absent.stderr)).toMatchObject({ code: 'not_found' });
  const unfit = await onHost('grid.locate', '{"lon":"east"}');
  expect([unfit.exitCode, JSON.parse(unfit.stderr)]).toMatchObject([
    1,
    { code: 'bad_input', detail: { field: 'lon' } },
  ]);
  const off = await onHost('simulation.set', '{"isRunning":true}');
  expect([off.exitCode, JSON.parse(off.stderr)]).toMatchObject([1, { code: 'unavailable' }]);
});

test('exit 2: a wrong call, which the host never sees', async () => {
  const calls = [['no.method'], ['health.get', 'not json'], ['cases.count', '{}', '{}'], ['cases.watch']];
  const ended = await Promise.all(calls.map((call) => onHost(...call)));
  expect(ended.map(({ exitCode, stdout }) => [exitCode, stdout])).toEqual(calls.map(() => [2, '']));
  expect(ended.map(({ stderr }) => stderr)).toEqual([
    expect.stringContaining('unknown method no.method'),
    expect.stringContaining('not JSON'),
    expect.stringContaining('too many arguments'),
    expect.stringContaining('unknown method cases.watch'),
  ]);
});

test('exit 2 too for --data without a folder', async () => {
  const { exitCode, stderr } = await runCtl('health.get', '--data');
  expect([exitCode, stderr]).toEqual([2, '--data needs a value DIR\n']);
});

test('exit 3: no host, neither never nor any more', async () => {
  const folder = await temporaryFolder();
  const never = await runCtl('--data', folder, 'health.get');
  expect([never.exitCode, never.stdout, never.stderr]).toEqual([3, '', expect.stringContaining('no host runs on')]);
  const killed = await startHost({ dataFolder: folder, args: ['--no-simulate'] });
  await killed.kill();
  const dead = await runCtl('--data', folder, 'health.get');
  expect([dead.exitCode, dead.stdout, dead.stderr]).toEqual([3, '', expect.stringContaining('still running?')]);
});

test('a reader that has enough ends it quietly', async () => {
  const { exitCode, stdout, stderr } = await runCtlInto('head -c 20', '--data', host.dataFolder, 'district.get');
  expect([exitCode, stdout.length, stderr]).toEqual([0, 20, '']);
});

test('--help lists every method with what it is about, an example, its schema and its refusals', async () => {
  const { exitCode, stdout } = await runCtl('--help');
  expect(exitCode).toBe(0);
  const incomplete = methodNames.filter((name) => {
    const at = stdout.indexOf(`\n${name}\n  ${api[name].about}\n`);
    const rest = stdout.slice(at, at + 4_000);
    return at < 0 || !/^\n\S+\n {2}.+\n {2}example '.+'\n {2}input {3}\{.+\}\n {2}refuses .+\n/.test(rest);
  });
  expect([methodNames.length > 20, incomplete]).toEqual([true, []]);
  const one = await runCtl('case.dispatch', '--help');
  expect(one.stdout.startsWith('case.dispatch\n')).toBe(true);
  expect(one.stdout).not.toContain('case.return');
});

test('every example of --help fits its schema', () => {
  const unfit = methodNames.filter((name) => !api[name].input.safeParse(api[name].example).success);
  expect(unfit).toEqual([]);
});
