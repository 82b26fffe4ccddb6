import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { AlarmBook } from '#domain/alarms/alarm-book.ts';
import { groupKeyOf } from '#domain/alarms/alarm-groups.ts';
import { BIN_MS } from '#domain/alarms/alarm-rate.ts';
import { instant, MINUTE_MS } from '#domain/base/instant.ts';
import { evolve } from '#domain/case/evolve.ts';
import type { CaseState } from '#domain/case/state.ts';
import { dayOf } from '#domain/reference/day.ts';
import type { ReferenceTables } from '#domain/reference/reference-tables.ts';
import { buildCity } from '#domain/simulation/city.ts';
import { cityTime } from '#domain/simulation/city-time.ts';
import { ClassMix } from '#domain/simulation/class-mix.ts';
import { townshipsOf } from '#domain/simulation/roads.ts';
import { stormHour } from '#domain/simulation/storm.ts';
import { EarlyWarnings } from '#domain/warnings/early-warnings.ts';
import { AlarmWatch } from '#host/alarms/alarm-watch.ts';
import { defaultDistrict, loadDistrict } from '#host/district/load-district.ts';
import { roadsOf } from '#host/feeds/simulator/roads-of.ts';
import { HealthRegister } from '#host/health/health-register.ts';
import { loadClassTable } from '#host/tables/class-table.ts';
import { openTables } from '#host/tables/table-store.ts';
import { SimulatedDay } from '#tests/builders/simulated-day.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

const resources = resolve(import.meta.dirname, '../../resources');
/** When simulated days begin: Tuesday 2026-11-24, 07:30 in Beijing. */
const dayStart = instant(Date.UTC(2026, 10, 23, 23, 30));
/** Reports an hour, and the hours that are played: the storm lies within them. */
const RATE = 125;
const HOURS = 5;

/** A seed in whose city a storm passes within the hours that are played. */
function stormySeed(): number {
  const { day } = cityTime(dayStart);
  for (let seed = 1; ; seed += 1) if (stormHour(seed, day) === 11) return seed;
}

interface Replayed {
  readonly book: AlarmBook;
  /** Groups that came new into the list, in the form it had then, by bins of ten minutes. */
  readonly listed: ReadonlyMap<number, number>;
}

/** Plays recorded events into the watch, in their order and at their times. */
function replay(day: SimulatedDay, tables: ReferenceTables, townshipOf: (state: CaseState) => string | null): Replayed {
  const clock = new ManualClock(dayStart);
  const states = new Map<string, CaseState>();
  const book = new AlarmBook();
  const warnings = new EarlyWarnings();
  const watch = new AlarmWatch(
    {
      cases: { openStates: () => [...states.values()] },
      ...{ warnings, clock, townshipOf },
      health: { list: () => [] },
      searchBehind: () => 0,
      tables: { inForce: () => tables },
    },
    book,
  );
  watch.lookAtAll();
  const known = new Set<number>();
  const listed = new Map<number, number>();
  const note = () => {
    book.look(clock.now());
    const fresh = book.takeChanges().changed.filter(({ id }) => !known.has(id));
    if (fresh.length === 0) return;
    const isDense = book.rate.isDense();
    const before = new Set(
      book
        .standing()
        .filter(({ id }) => known.has(id))
        .map((one) => groupKeyOf(one, isDense)),
    );
    for (const alarm of fresh) {
      known.add(alarm.id);
      const key = groupKeyOf(alarm, isDense);
      if (before.has(key)) continue;
      before.add(key);
      const bin = Math.floor(clock.now() / BIN_MS);
      listed.set(bin, (listed.get(bin) ?? 0) + 1);
    }
  };
  for (const event of day.events) {
    if (event.at > dayStart + HOURS * 60 * MINUTE_MS) break;
    for (;;) {
      const next = Math.min(watch.nextAt() ?? Infinity, book.nextAt() ?? Infinity);
      if (next > event.at) break;
      clock.advance(Math.max(0, next - clock.now()));
      watch.lookAtDue();
      note();
    }
    clock.advance(Math.max(0, event.at - clock.now()));
    const state = evolve(states.get(event.caseId), event);
    states.set(state.id, state);
    warnings.note(state, townshipOf(state));
    watch.lookAtCases([{ sequence: 1, state }]);
    note();
  }
  return { book, listed };
}

test('a storm over the default district brings no more than ten new groups into the list in any ten minutes', async () => {
  const clock = new ManualClock(0);
  const district = await loadDistrict(defaultDistrict(resources));
  const store = await openTables({
    defaultsFolder: join(resources, 'tables'),
    folder: await temporaryFolder(),
    classes: await loadClassTable(join(resources, 'tables')),
    ...{ areas: district.areas, clock, health: new HealthRegister(clock) },
  });
  const tables = store.inForce();
  const seed = stormySeed();
  const day = dayOf(dayStart);
  const city = buildCity(district, roadsOf(district.map.context), seed);
  const stream = { city, classes: new ClassMix(tables, day), townships: townshipsOf(city, tables, day), seed };
  const locate = (lon: number, lat: number) => district.locate(lon, lat);
  const simulated = new SimulatedDay({ ratePerHour: RATE, speed: 1, tables, stream, locate });
  simulated.play(HOURS * 60);
  const townshipOf = ({ place }: CaseState) =>
    place.gridCode === null ? null : (tables.units.path(place.gridCode)[1] ?? null);
  const { book, listed } = replay(simulated, tables, townshipOf);
  const raised = book.tally.rows().reduce((sum, { count }) => sum + count, 0);
  // A storm it is, and yet the list can be worked at.
  expect(raised).toBeGreaterThan(200);
  expect(Math.max(...listed.values())).toBeLessThanOrEqual(10);
}, 240_000);
