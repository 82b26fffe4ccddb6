import { DAY_MS, instant } from '#domain/base/instant.ts';
import { Random } from '#domain/base/random.ts';
import { dayText } from '#domain/metrics/figure-record.ts';
import type { GroupKind } from '#domain/metrics/measures.ts';
import { createDispatcher } from '#host/serve/dispatcher.ts';
import { figureReads } from '#host/serve/handlers/figures.ts';
import { cityTables } from '#tests/builders/city.ts';
import { plantedYears } from '#tests/builders/planted-years.ts';
import { quantile } from './quantile.ts';
export function run(): Promise<Record<string, number>> {
  throw new Error(
    createDispatcher.name +
      String([
        DAY_MS,
        instant,
        Random,
        dayText,
        figureReads,
        cityTables,
        plantedYears,
        quantile,
      ] as unknown as GroupKind),
  );
}
