import { expect, test } from 'vitest';
import { aCity, aStream } from '#tests/builders/city.ts';
import { gridAt } from '#tests/builders/district.ts';
import { DAY_MS, HOUR_MS, instant, plus, type Instant } from '#domain/base/instant.ts';
import { cityTime, startOfDay } from './city-time.ts';
import { ReportStream } from './report-stream.ts';
import type { SimulatedReport } from './reports.ts';
import { ticketClasses } from './simulated-tickets.ts';
import { stormHour } from './storm.ts';

/** Monday 2026-11-23, 00:00 in Beijing. */
const monday = instant(Date.UTC(2026, 10, 22, 16));
const RATE = 125;

function reportsOf(seed: number, from: Instant, to: Instant, ratePerHour = RATE): readonly SimulatedReport[] {
  const stream = new ReportStream({ ...aStream(seed), ratePerHour, from });
  const reports: SimulatedReport[] = [];
  for (let report = stream.takeDue(to); report !== null; report = stream.takeDue(to)) reports.push(report);
  return reports;
}

function withoutStorms(seed: number, reports: readonly SimulatedReport[]): readonly SimulatedReport[] {
  return reports.filter(({ at }) => stormHour(seed, cityTime(at).day) === null);
}

function once(reports: readonly SimulatedReport[]): readonly SimulatedReport[] {
  return [...new Map(reports.map((report) => [report.key, report])).values()];
}

function share<Item>(items: readonly Item[], fits: (item: Item) => boolean): number {
  return items.filter(fits).length / items.length;
}

function grouped(reports: readonly SimulatedReport[], keyOf: (report: SimulatedReport) => string) {
  const groups = new Map<string, SimulatedReport[]>();
  for (const report of reports) groups.set(keyOf(report), [...(groups.get(keyOf(report)) ?? []), report]);
  return [...groups.values()];
}

const weeks = 6;
const all = reportsOf(7, monday, plus(monday, weeks * 7 * DAY_MS));
const ordinary = once(withoutStorms(7, all));
const fromCollectors = ordinary.filter(({ body }) => ['grid_staff', 'lane_steward'].includes(sourceOf(body)));
const fromCitizens = ordinary.filter(({ body }) => sourceOf(body) === 'hotline');

/** Tickets come from the hotline. */
function sourceOf(body: SimulatedReport['body']): string {
  return body.type === 'receive' ? 'hotline' : body.source;
}

test('the same seed gives the same day, another seed another one', () => {
  const day = (seed: number) => reportsOf(seed, monday, plus(monday, DAY_MS));
  expect(day(7)).toEqual(day(7));
  expect(day(8)).not.toEqual(day(7));
});

test('reports come in order of the simulated clock, none before nothingBefore() and none after now', () => {
  const stream = new ReportStream({ ...aStream(7), ratePerHour: RATE, from: monday });
  let last: number = monday;
  for (let now = plus(monday, HOUR_MS); now < monday + 20 * HOUR_MS; now = plus(now, HOUR_MS / 7)) {
    for (let report = stream.takeDue(now); report !== null; report = stream.takeDue(now)) {
      expect(report.at).toBeGreaterThanOrEqual(last);
      expect(report.at).toBeLessThanOrEqual(now);
      last = report.at;
    }
    expect(stream.nothingBefore()).toBeGreaterThan(now);
  }
});

test('an average ordinary day has 24 times the hourly rate, within 5 %', () => {
  const days = new Set(ordinary.map(({ at }) => cityTime(at).day)).size;
  expect(days).toBeGreaterThan(30);
  expect(Math.abs(ordinary.length / days / (24 * RATE) - 1)).toBeLessThan(0.05);
});

test('collectors: no one from 20 to 7, busiest hour 11 % of the day (live-and-storage.md §6)', () => {
  const byHour = (hour: number) => share(fromCollectors, ({ at }) => cityTime(at).hour === hour);
  // Followers and second reporters come in until an hour or two later.
  expect(share(fromCollectors, ({ at }) => cityTime(at).hour < 7)).toBeLessThan(0.002);
  expect(byHour(9)).toBeGreaterThan(0.1);
  expect(byHour(9)).toBeLessThan(0.125);
  expect(byHour(12)).toBeLessThan(0.065);
});

test('citizens: busiest hour 8 % of the day, and the night is not empty (live-and-storage.md §6)', () => {
  const byHour = (hour: number) => share(fromCitizens, ({ at }) => cityTime(at).hour === hour);
  expect(byHour(9)).toBeGreaterThan(0.072);
  expect(byHour(9)).toBeLessThan(0.092);
  expect(byHour(3)).toBeGreaterThan(0.01);
});

test('Monday is busier than Sunday by 1.15 to 0.8, within a fifth', () => {
  const on = (weekday: number) => ordinary.filter(({ at }) => cityTime(at).weekday === weekday);
  const perDay = (weekday: number) => on(weekday).length / new Set(on(weekday).map(({ at }) => cityTime(at).day)).size;
  expect(perDay(0) / perDay(6)).toBeGreaterThan((1.15 / 0.8) * 0.8);
  expect(perDay(0) / perDay(6)).toBeLessThan((1.15 / 0.8) * 1.2);
});

test('source mix of Shunyi: tickets 33, grid reports 60, video 4, others 3 %, each within a point and a half', () => {
  const sources = (...names: readonly string[]) => share(ordinary, ({ body }) => names.includes(sourceOf(body)));
  expect(Math.abs(sources('hotline') - 0.33)).toBeLessThan(0.015);
  expect(Math.abs(sources('grid_staff', 'lane_steward') - 0.6)).toBeLessThan(0.015);
  expect(Math.abs(sources('video') - 0.04)).toBeLessThan(0.015);
  expect(Math.abs(sources('department', 'leader') - 0.03)).toBeLessThan(0.015);
});

test('class mix of collectors: components 12, street order with parking 48, sanitation 22 % (live-and-storage.md §6)', () => {
  const group = (code: string) => share(fromCollectors, ({ body }) => body.classRef.code.startsWith(code));
  expect(Math.abs(share(fromCollectors, ({ body }) => body.classRef.kind === 'component') - 0.12)).toBeLessThan(0.015);
  expect(Math.abs(group('09') - 0.484)).toBeLessThan(0.02);
  expect(Math.abs(group('06') - 0.22)).toBeLessThan(0.02);
});

test('1.5 % come twice from their channel, with the same key and the same facts', () => {
  const keys = grouped(all, ({ key }) => key);
  const twice = keys.filter((sent) => sent.length === 2);
  expect(Math.abs(twice.length / keys.length - 0.015)).toBeLessThan(0.003);
  for (const [first, second] of twice) expect({ ...second, at: 0 }).toEqual({ ...first, at: 0 });
});

test('citizens report 12 % of their matters several times, collectors 3 %', () => {
  const several = (reports: readonly SimulatedReport[]) =>
    share(
      grouped(reports, ({ incident }) => incident),
      (group) => group.length > 1,
    );
  expect(Math.abs(several(fromCollectors) - 0.03)).toBeLessThan(0.01);
  expect(Math.abs(several(fromCitizens) - 0.12)).toBeLessThan(0.015);
});

test('a storm brings several times as many reports for three hours, most of them of drainage, trees and signs', () => {
  const stormy = new Set([
    '雨水箅子',
    '雨水井盖',
    '污水井盖',
    '行道树',
    '户外广告',
    '交通标志牌及标线',
    '架空线缆脱落',
  ]);
  const day = Array.from({ length: 200 }, (_, index) => cityTime(monday).day + index).find(
    (candidate) => stormHour(7, candidate) !== null,
  );
  const from = plus(startOfDay(day ?? 0), (stormHour(7, day ?? 0) ?? 0) * HOUR_MS);
  const storm = once(reportsOf(7, from, plus(from, 3 * HOUR_MS)));
  const dayBefore = once(reportsOf(7, plus(from, -DAY_MS), plus(from, 3 * HOUR_MS - DAY_MS)));
  expect(storm.length / dayBefore.length).toBeGreaterThan(3);
  expect(storm.length).toBeLessThan(3 * 12 * RATE * 1.2);
  const stormyTickets = new Set(ticketClasses.filter(({ isStormy }) => isStormy).map(({ code }) => code));
  const isStormy = ({ body: { type, classRef } }: SimulatedReport) =>
    type === 'receive' ? stormyTickets.has(classRef.code) : stormy.has(classRef.name);
  expect(share(storm, isStormy)).toBeGreaterThan(0.6);
});

test('every report lies inside the district, is marked as 演示数据, and holds no digits of people', () => {
  const odd = all.filter(({ body }) => {
    const isInside = gridAt(body.lon ?? 0, body.lat ?? 0) !== null;
    const isWorded = body.description !== '' && body.address !== '' && !/\d{5}/.test(body.description + body.address);
    return !isInside || !isWorded || !body.isDemo;
  });
  expect(odd).toEqual([]);
});

test('reports cluster: more than half lie within 600 m of one of 12 to 20 hot spots', () => {
  const { hotSpots } = aCity(7);
  expect(hotSpots.length).toBeGreaterThanOrEqual(12);
  expect(hotSpots.length).toBeLessThanOrEqual(20);
  const isNear = ({ body }: SimulatedReport) =>
    hotSpots.some(({ center }) => {
      const east = ((body.lon ?? 0) - center[0]) * 111_320 * Math.cos((40.5 * Math.PI) / 180);
      return Math.hypot(east, ((body.lat ?? 0) - center[1]) * 111_320) < 600;
    });
  expect(share(ordinary.slice(0, 5_000), isNear)).toBeGreaterThan(0.5);
});
