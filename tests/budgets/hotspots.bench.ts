import { findBursts, findRepeats, findSpots } from '#domain/foresight/foresee.ts';
import { netOf } from '#domain/foresight/hot-spots.ts';
import { plantedYears } from '#tests/builders/planted-years.ts';
import { finish } from '#domain/foresight/steps.ts';

const ROUNDS = 5;

/** Everything that is foreseen, on 100,000 reports of four months in 25 townships of 81 grids and 100 classes. */
export function run(): Promise<Record<string, number>> {
  const { book, areas, until, reports } = plantedYears({
    ...{ seed: 42, townships: 25, gridsOfTownship: 81, classes: 100, days: 112, reportsPerDay: 900 },
    ...{ burstWeeks: 1, hotSquares: 3 },
  });
  const times = { netMs: Infinity, spotsMs: Infinity, burstsMs: Infinity, repeatsMs: Infinity };
  let [spots, bursts] = [0, 0];
  for (let round = 0; round < ROUNDS; round += 1) {
    const timed = <Value>(name: keyof typeof times, work: () => Value) => {
      const start = performance.now();
      const value = work();
      times[name] = Math.min(times[name], performance.now() - start);
      return value;
    };
    const net = timed('netMs', () => netOf(areas));
    spots = timed('spotsMs', () => finish(findSpots(book, net, until, 0.05))).length;
    bursts = timed('burstsMs', () =>
      finish(findBursts(book, until, { falseAlarms: 0.5, least: 3, growth: 0.5 })),
    ).length;
    timed('repeatsMs', () => finish(findRepeats(book, until, 30, { metres: 50, least: 3 })));
  }
  if (spots === 0 || bursts === 0) throw new Error('nothing was found');
  const allMs = Object.values(times).reduce((sum, ms) => sum + ms, 0);
  return Promise.resolve({ reports, areas: areas.length, ...times, allMs });
}
