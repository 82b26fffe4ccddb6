import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { HOUR_MS, plus } from '#domain/base/instant.ts';
import { buildCity } from '#domain/simulation/city.ts';
import { ClassMix } from '#domain/simulation/class-mix.ts';
import { ReportStream } from '#domain/simulation/report-stream.ts';
import { classGroups } from '#domain/simulation/simulated-classes.ts';
import { defaultDistrict, loadDistrict } from '#host/district/load-district.ts';
import { loadClassTable } from '#host/tables/class-table.ts';
import { morning } from '#tests/builders/cases.ts';
import { roadsOf } from './roads-of.ts';

const resources = resolve(import.meta.dirname, '../../../../resources');

test('every simulated class is in the class table that ships', async () => {
  const table = await loadClassTable(join(resources, 'tables'));
  const names = new Set(table.rows.map(({ kind, name }) => `${kind} ${name}`));
  const simulated = classGroups.flatMap(({ classes }) => classes.map(({ kind, name }) => `${kind} ${name}`));
  expect(simulated.filter((name) => !names.has(name))).toEqual([]);
});

test('the default district gives a city with roads, whose reports lie where their addresses say', async () => {
  const district = await loadDistrict(defaultDistrict(resources));
  const city = buildCity(district, roadsOf(district.map.context), 42);
  expect(city.roads.map(({ name }) => name)).toContain('京承高速');
  const classes = new ClassMix(await loadClassTable(join(resources, 'tables')));
  const stream = new ReportStream({ city, classes, seed: 42, ratePerHour: 2_000, from: morning });
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

test('a context without roads, or none at all, gives no roads', () => {
  expect([roadsOf(null), roadsOf({ type: 'FeatureCollection', features: [{ properties: null }] })]).toEqual([[], []]);
});
