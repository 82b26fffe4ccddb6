import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { HOUR_MS, plus } from '#domain/base/instant.ts';
import { isOpen } from '#domain/case/lifecycle.ts';
import { dayOf } from '#domain/reference/day.ts';
import { buildCity } from '#domain/simulation/city.ts';
import { ClassMix } from '#domain/simulation/class-mix.ts';
import { ReportStream } from '#domain/simulation/report-stream.ts';
import { townshipsOf } from '#domain/simulation/roads.ts';
import { classGroups } from '#domain/simulation/simulated-classes.ts';
import { ticketClasses } from '#domain/simulation/simulated-tickets.ts';
import { defaultDistrict, loadDistrict } from '#host/district/load-district.ts';
import { HealthRegister } from '#host/health/health-register.ts';
import { loadClassTable } from '#host/tables/class-table.ts';
import { openTables } from '#host/tables/table-store.ts';
import { morning } from '#tests/builders/cases.ts';
import { SimulatedDay } from '#tests/builders/simulated-day.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { roadsOf } from './roads-of.ts';

const day = dayOf(morning);
const resources = resolve(import.meta.dirname, '../../../../resources');

async function shipped() {
  const clock = new ManualClock(0);
  const district = await loadDistrict(defaultDistrict(resources));
  const tables = await openTables({
    defaultsFolder: join(resources, 'tables'),
    folder: await temporaryFolder(),
    classes: await loadClassTable(join(resources, 'tables')),
    areas: district.areas,
    clock,
    health: new HealthRegister(clock),
  });
  return { district, tables: tables.inForce() };
}

test('every simulated class is in the tables that ship', async () => {
  const { tables } = await shipped();
  const codes = new Set(tables.ticketClasses(day).map(({ code }) => code));
  expect(ticketClasses.filter(({ code }) => !codes.has(code))).toEqual([]);
  const names = new Set(tables.classes.rows.map(({ kind, name }) => `${kind} ${name}`));
  const simulated = classGroups.flatMap(({ classes }) => classes.map(({ kind, name }) => `${kind} ${name}`));
  expect(simulated.filter((name) => !names.has(name))).toEqual([]);
});

test('the default district gives a city with roads, whose reports lie where their addresses say', async () => {
  const { district, tables } = await shipped();
  const city = buildCity(district, roadsOf(district.map.context), 42);
  expect(city.roads.map(({ name }) => name)).toContain('京承高速');
  const classes = new ClassMix(tables, day);
  const townships = townshipsOf(city, tables, day);
  const stream = new ReportStream({ city, classes, townships, seed: 42, ratePerHour: 2_000, from: morning });
  const reports = [];
  const end = plus(morning, HOUR_MS);
  for (let next = stream.takeDue(end); next !== null; next = stream.takeDue(end)) reports.push(next);
  expect(reports.length).toBeGreaterThan(2_000);
  const odd = reports.filter(({ body }) => {
    const grid = district.locate(body.lon ?? 0, body.lat ?? 0);
    const [, township, community] = grid === null ? [] : district.areas.path(grid);
    return !body.address.startsWith(`${township?.name}${community?.name}`);
  });
  expect(odd).toEqual([]);
  expect(reports.some(({ body }) => body.address.includes('沿线'))).toBe(true);
});

test('a day of the default district by the tables that ship: nothing is refused, and orders go to all kinds of units', async () => {
  const { district, tables } = await shipped();
  const city = buildCity(district, roadsOf(district.map.context), 42);
  const classes = new ClassMix(tables, day);
  const stream = { city, classes, townships: townshipsOf(city, tables, day), seed: 42 };
  const locate = (lon: number, lat: number) => district.locate(lon, lat);
  const simulated = new SimulatedDay({ ratePerHour: 125, speed: 20, tables, stream, locate });
  simulated.play(72);
  expect(simulated.refusals).toEqual([]);
  const states = [...simulated.states.values()];
  const open = states.filter(({ state }) => isOpen(state));
  expect(open).toEqual([]);
  const kinds = new Set(states.flatMap(({ chain }) => chain.map(({ unit }) => tables.units.unit(unit ?? '')?.kind)));
  const wanted = ['township', 'community', 'grid', 'department', 'utility_company', 'enforcement_team'] as const;
  expect(wanted.filter((kind) => !kinds.has(kind))).toEqual([]);
});

test('a context without roads, or none at all, gives no roads', () => {
  expect([roadsOf(null), roadsOf({ type: 'FeatureCollection', features: [{ properties: null }] })]).toEqual([[], []]);
});
