import { chmod, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { WallItem } from '#contract/wall.ts';
import { HealthRegister } from '#host/health/health-register.ts';
import { pinoLog } from '#host/log/pino-log.ts';
import type { WallInterrupt } from '#domain/wall/director.ts';
import type { StartScene } from '#domain/wall/scene.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { openDayFigures } from './day-figures-keeper.ts';
import { openWall } from './wall-keeper.ts';
import { wallToken } from './wall-token.ts';

const morning = Date.parse('2026-11-24T09:00:00+08:00');
const page = (display: string) => ({ display, width: 1_920, height: 1_080 });

async function wallOn(folder: string, clock = new ManualClock(morning), startScene: StartScene | null = null) {
  const health = new HealthRegister(clock);
  const calls: WallInterrupt[] = [];
  const projection = { count: () => Promise.resolve({ count: 7, open: 3, sequence: 1 }) };
  const figures = await openDayFigures({
    ...{ folder, projection, clock, scheduler: clock, health },
    cases: { openStates: () => [] },
  });
  const wall = await openWall({
    ...{ folder, startScene, figures, clock, scheduler: clock, health, log: pinoLog('silent') },
    interrupts: { list: () => calls },
    isArchiveDown: () => false,
  });
  const shown = (id: string) => wall.overview().displays.find((display) => display.id === id)?.shown;
  const close = async () => {
    await figures.close();
    await wall.close();
  };
  return { wall, figures, clock, calls, health, shown, close };
}

test('what a person set up and pushed is there after a start, and ends when it would have ended', async () => {
  const folder = await temporaryFolder();
  const first = await wallOn(folder);
  await first.wall.set({ plan: { scenes: [{ kind: 'review' }], dwellSeconds: 60 }, night: { from: 0, to: 60 } });
  await first.wall.set({ display: 'left', sight: { pitchMm: 1.25, seatM: 8 }, isPaused: true });
  await first.wall.push({ display: 'left', scene: { kind: 'watch' }, minutes: 15 }, 'desk-1');
  await first.close();

  const again = await wallOn(folder, first.clock);
  expect(again.wall.overview()).toMatchObject({
    plan: { scenes: [{ kind: 'review' }], dwellSeconds: 60 },
    night: { from: 0, to: 60 },
    displays: [{ id: 'left', isConnected: false, isPaused: true, sight: { pitchMm: 1.25, seatM: 8 } }],
  });
  expect(again.shown('left')).toMatchObject({ scene: { kind: 'watch' }, why: 'push', by: 'desk-1' });
  again.clock.advance(15 * 60_000);
  expect(again.shown('left')).toMatchObject({ scene: { kind: 'review' }, why: 'paused' });
  await again.close();
});

test('a scene of the command line takes the place of what was remembered', async () => {
  const folder = await temporaryFolder();
  const first = await wallOn(folder);
  await first.wall.push({ display: 'left', scene: { kind: 'watch' }, minutes: 15 }, 'desk-1');
  await first.close();
  const again = await wallOn(folder, first.clock, 'incident');
  expect(again.shown('left')?.scene).toEqual({ kind: 'incident', caseId: null });
  await again.close();
});

test('pages come by their hello and are gone a minute after the last; only so many are known', async () => {
  const { wall, clock, close } = await wallOn(await temporaryFolder());
  expect(wall.hello(page('left'))?.scene).toEqual({ kind: 'watch' });
  expect(wall.overview().displays).toMatchObject([{ id: 'left', isConnected: true, width: 1_920 }]);
  clock.advance(62_000);
  expect(wall.overview().displays).toEqual([]);
  for (let at = 0; at < 32; at += 1) expect(wall.hello(page(`d${at}`))).not.toBeNull();
  expect(wall.hello(page('one-more'))).toBeNull();
  expect(wall.hello(page('d0'))).not.toBeNull();
  await close();
});

test('the host’s time is told once a second, and a display when it shows something else', async () => {
  const { wall, clock, close } = await wallOn(await temporaryFolder());
  wall.hello(page('left'));
  clock.advance(0);
  const heard: WallItem[] = [];
  wall.onItems((items) => heard.push(...items.filter(({ kind }) => kind !== 'figures')));
  clock.advance(3_000);
  expect(heard.map(({ kind }) => kind)).toEqual(['beat', 'beat', 'beat']);
  expect(heard.at(-1)).toMatchObject({ hostTime: clock.now() });
  await wall.push({ display: 'left', scene: { kind: 'night' }, minutes: 1 }, 'desk-1');
  expect(heard.at(-1)).toMatchObject({ kind: 'display', state: { id: 'left', shown: { why: 'push' } } });
  await close();
});

test('an urgent matter takes one display until it was seen, also over a start', async () => {
  const folder = await temporaryFolder();
  const first = await wallOn(folder);
  for (const id of ['left', 'right']) first.wall.hello(page(id));
  first.calls.push({ id: 'urgent:1', caseId: '1', since: morning, acknowledgedAt: null });
  first.clock.advance(6_000);
  expect([first.shown('left')?.why, first.shown('right')?.why]).toEqual(['interrupt', 'turn']);
  expect(first.wall.overview().calls).toMatchObject([{ id: 'urgent:1', display: 'left' }]);
  expect(await first.wall.release({ call: 'urgent:1' })).toMatchObject({ ok: true });
  expect(await first.wall.release({ call: 'no such call' })).toMatchObject({ ok: false, error: { code: 'not_found' } });
  await first.close();

  const again = await wallOn(folder, first.clock);
  again.calls.push(...first.calls);
  again.clock.advance(1_000);
  again.wall.hello(page('left'));
  expect(again.shown('left')).toMatchObject({ why: 'interrupt' });
  again.clock.advance(59_000);
  expect(again.shown('left')?.why).toBe('turn');
  again.wall.hello(page('left'));
  again.clock.advance(10_000);
  expect(again.shown('left')?.why, 'what was seen calls no second time').toBe('turn');
  await again.close();
});

test('what can’t be written does not happen, and is told', async () => {
  const folder = await temporaryFolder();
  const { wall, health, close } = await wallOn(join(folder, 'file', 'wall'));
  await writeFile(join(folder, 'file'), 'in the way');
  const outcome = await wall.push({ display: 'left', scene: { kind: 'night' }, minutes: 5 }, 'desk-1');
  expect(outcome).toMatchObject({ ok: false, error: { code: 'unavailable' } });
  expect(wall.overview().displays).toEqual([]);
  expect(health.list()).toMatchObject([{ code: 'wall_not_kept' }]);
  await close();
});

test('what could not be written is written as soon as it can be, and the facts of it go', async () => {
  const folder = await temporaryFolder();
  const inTheWay = join(folder, 'file');
  const { wall, figures, clock, health, close } = await wallOn(join(inTheWay, 'wall'));
  const looked = () => new Promise<void>((resolve) => figures.onFigures(() => resolve()));
  await writeFile(inTheWay, 'no folder');
  const first = looked();
  clock.advance(0);
  await first;
  wall.hello(page('left'));
  await wall.push({ display: 'left', scene: { kind: 'night' }, minutes: 5 }, 'desk-1');
  await expect.poll(() => health.list().map(({ id }) => id)).toEqual(['wall.figures', 'wall.state']);

  await rm(inTheWay);
  const second = looked();
  clock.advance(15_000);
  await second;
  await expect.poll(() => health.list()).toEqual([]);
  expect((await readdir(join(inTheWay, 'wall'))).toSorted()).toEqual(['figures.json', 'state.json']);
  await close();
});

test('a line has what was looked at and nothing else; earlier days make the band', async () => {
  const folder = await temporaryFolder();
  const { figures, clock, close } = await wallOn(folder);
  const looked = new Promise<void>((resolve) => figures.onFigures(() => resolve()));
  clock.advance(0);
  await looked;
  const [received] = figures.figures()?.day ?? [];
  expect(figures.figures()?.received).toBe(7);
  expect(received?.line.filter((value) => value !== null)).toEqual([7]);
  expect([received?.line[54], received?.bandDays]).toEqual([7, 0]);
  expect(received?.low.every((value) => value === null)).toBe(true);
  await close();
});

test('the token of the wall is the same at every start, for its owner alone, and made anew when it is none', async () => {
  const folder = await temporaryFolder();
  const token = await wallToken(folder);
  expect(token).toMatch(/^[\w-]{32}$/);
  expect(await wallToken(folder)).toBe(token);
  const file = join(folder, '.token');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  await writeFile(file, 'short\n');
  await chmod(file, 0o600);
  const other = await wallToken(folder);
  expect(other).not.toBe(token);
  expect((await readFile(file, 'utf8')).trim()).toBe(other);
});
