import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, instant } from '#domain/base/instant.ts';
import { HealthRegister } from '#host/health/health-register.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import type { VersionAbout } from '../lab/messages.ts';
import { openDistrictVersions } from './district-versions.ts';

/** Noon of 2026-11-30 in Beijing. */
const noon = instant(Date.parse('2026-11-30T12:00:00+08:00'));
const base = { file: '/resources/base.json', mappingFile: null, contextFile: '/resources/context.json' };

async function opened(folder: string, now = noon) {
  const clock = new ManualClock(now);
  const health = new HealthRegister(clock);
  const versions = await openDistrictVersions({ folder, base, clock, scheduler: clock, health });
  const accept = async (effectiveFrom: string, name: string) => {
    const about: VersionAbout = {
      ...{ effectiveFrom, acceptedAt: versions.nextAcceptedAt(), acceptedBy: 'desk-1', note: '区划调整', name },
      ...{ approvalNumber: '', areas: [1, 2], problems: 0 },
    };
    const text = `{"type":"FeatureCollection","version":${JSON.stringify(about)},"features":[\n]}\n`;
    await mkdir(folder, { recursive: true });
    const file = versions.incomingFile('1');
    await writeFile(file, text);
    const taken = await versions.take(file, createHash('sha256').update(text).digest('hex'), about);
    if (!taken.ok) throw new Error(taken.error.code);
    return taken.value.version;
  };
  const states = () => versions.list().map(({ name, state }) => `${name} ${state}`.trim());
  return { clock, health, versions, accept, states };
}

test('the newest that has begun is in force at the next start; others wait, or are past', async () => {
  const folder = join(await temporaryFolder(), 'districts');
  const first = await opened(folder);
  expect(first.versions.chosen).toEqual({ source: base, former: [] });
  await first.accept('2026-11-30', '甲');
  await first.accept('2026-11-30', '乙');
  await first.accept('2027-01-01', '丙');
  expect(first.states()).toEqual(['丙 waits', '乙 due', '甲 past', 'in_force']);

  const second = await opened(folder);
  expect(second.states()).toEqual(['丙 waits', '乙 in_force', '甲 past', 'past']);
  const { source, former } = second.versions.chosen;
  expect(source).toMatchObject({ mappingFile: null, contextFile: base.contextFile });
  expect(former.map(({ file }) => file)).toEqual([expect.stringMatching(/2026-11-30-.*\.geojson$/), base.file]);
  expect(second.health.list()).toEqual([]);
});

test('a version is handed over when its day begins, and is in force once it is taken over', async () => {
  const { clock, health, accept, versions, states } = await opened(join(await temporaryFolder(), 'districts'));
  const handed: string[] = [];
  let taken = () => {};
  versions.follow(({ source, former }) => {
    handed.push(`${former.length} before ${source.file.slice(-24)}`);
    return new Promise((resolve) => (taken = resolve));
  });
  const version = await accept('2026-12-01', '甲');
  clock.advance(12 * HOUR_MS - 1);
  expect(handed).toEqual([]);
  clock.advance(1);
  expect(handed).toEqual([expect.stringContaining('1 before')]);
  expect(states()).toEqual(['甲 due', 'in_force']);
  // It takes its time, and is not begun twice meanwhile.
  clock.advance(2 * HOUR_MS);
  expect(handed).toHaveLength(1);
  taken();
  await expect.poll(states).toEqual(['甲 in_force', 'past']);
  expect(versions.chosen.source.file).toContain(version);
  expect(health.list()).toEqual([]);
  expect(await versions.withdraw(version)).toMatchObject({ error: { code: 'version_in_force' } });
});

test('one that cannot be taken over is told, and tried again after an hour', async () => {
  const { clock, health, accept, versions, states } = await opened(join(await temporaryFolder(), 'districts'));
  let fails = true;
  versions.follow(() => (fails ? Promise.reject(new Error('no memory')) : Promise.resolve()));
  await accept('2026-11-30', '甲');
  await expect.poll(() => health.list()).toMatchObject([{ code: 'district_due' }]);
  expect(states()).toEqual(['甲 due', 'in_force']);
  fails = false;
  clock.advance(HOUR_MS);
  await expect.poll(states).toEqual(['甲 in_force', 'past']);
  expect(health.list()).toEqual([]);
});

test('a version whose day comes before anybody can take it over is told, until it is taken back', async () => {
  const { clock, health, accept, versions, states } = await opened(join(await temporaryFolder(), 'districts'));
  const version = await accept('2026-12-01', '甲');
  expect(health.list()).toEqual([]);
  clock.advance(DAY_MS);
  expect(health.list()).toMatchObject([{ code: 'district_due', detail: { name: '甲', day: '2026-12-01' } }]);
  expect(states()).toEqual(['甲 due', 'in_force']);
  expect(await versions.withdraw(version)).toMatchObject({ ok: true });
  expect(health.list()).toEqual([]);
  expect(states()).toEqual(['in_force']);
});

test('what was in force stays; a clock that was set back puts nothing behind it', async () => {
  const folder = join(await temporaryFolder(), 'districts');
  const version = await (await opened(folder)).accept('2026-11-30', '甲');
  const { versions } = await opened(folder);
  expect(await versions.withdraw(version)).toMatchObject({ ok: false, error: { code: 'version_in_force' } });
  expect(await versions.withdraw('none')).toMatchObject({ ok: false, error: { code: 'not_found' } });
  const early = await opened(folder, instant(noon - DAY_MS));
  await early.accept('2026-11-30', '乙');
  expect((await opened(folder)).states()).toEqual(['乙 in_force', '甲 past', 'past']);
});

test('a changed byte is an error on every screen, the version before is in force; half-made files go', async () => {
  const folder = join(await temporaryFolder(), 'districts');
  const { accept } = await opened(folder);
  await accept('2026-11-29', '甲');
  const version = await accept('2026-11-30', '乙');
  const file = join(folder, `${version}.geojson`);
  await writeFile(file, (await readFile(file, 'utf8')).replace('区划调整', '区划变动'));
  await writeFile(join(folder, 'x.half-made'), '{');
  const { health, states } = await opened(folder);
  expect(health.list()).toMatchObject([{ code: 'district_damaged', severity: 'error', detail: { version } }]);
  expect(states()).toEqual(['damaged', '甲 in_force', 'past']);
  expect((await readdir(folder)).filter((name) => name.endsWith('.half-made'))).toEqual([]);
});
