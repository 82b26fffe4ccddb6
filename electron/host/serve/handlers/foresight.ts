import type { ForesightGot, ForesightItem } from '#contract/foresight.ts';
import { LEAST_PAST_DAYS, SPOT_DAYS, WINDOW_DAYS } from '#domain/foresight/foresee.ts';
import { dayNumberOf, dayText } from '#domain/metrics/figure-record.ts';
import { ok } from '#domain/base/result.ts';
import type { ReferenceTables } from '#domain/reference/reference-tables.ts';
import type { Foreseen } from '#host/ports/foresight.ts';
import { refuse, type Handlers } from '../dispatcher.ts';
import type { HostParts } from '../host-parts.ts';
import { namesOf, rowOf } from './figure-words.ts';

type ForesightParts = Pick<HostParts, 'foresight' | 'tables' | 'cases'>;

/** Items of a kind, and cases of an item, that are told at once. */
const MOST_ITEMS = 50;
const MOST_CASES = 200;
const MOST_VARIANTS = 12;
const MOST_CLASSES = 3;

/** 未诉先办, and the cases behind it. */
export function foresightReads({
  foresight,
  tables,
  cases,
}: ForesightParts): Pick<Handlers, 'foresight.get' | 'foresight.cases'> {
  return {
    'foresight.get': async ({ to }) => {
      const answer = await foresight.upTo(to === undefined ? null : dayNumberOf(to));
      if (answer.isReady) return ok(told(answer.foreseen, tables.inForce()));
      const { done, of } = answer.counting;
      return refuse('figures_counting', { done: String(done), of: String(of) });
    },

    'foresight.cases': async ({ ids }) =>
      ok({ rows: await Promise.all(ids.map(async (id) => ({ id, row: await rowOf(id, cases) }))) }),
  };
}

function told(foreseen: Foreseen, tables: ReferenceTables): ForesightGot {
  const { madeAt, to, sequence, isWhole, rules, chains } = foreseen;
  return {
    ...{ madeAt, sequence, isWhole, isYoung: foreseen.pastDays < LEAST_PAST_DAYS, rules: { ...rules } },
    ...{ burstsFrom: dayText(to - WINDOW_DAYS), spotsFrom: dayText(to - SPOT_DAYS) },
    ...{ repeatsFrom: dayText(to - rules.repeatDays), to: dayText(to) },
    items: itemsOf(foreseen, tables),
    chains: {
      cases: chains.cases,
      variants: chains.variants.slice(0, MOST_VARIANTS).map(({ path, medianSeconds, rows }) => ({
        ...{ path: [...path], medianSeconds },
        ...numbersOf(rows.slice(0, MOST_CASES).map(foreseen.caseOf), rows.length),
      })),
    },
  };
}

function itemsOf(foreseen: Foreseen, tables: ReferenceTables): ForesightItem[] {
  const { bursts, spots, repeats, chains, rules } = foreseen;
  const day = dayText(foreseen.to);
  const areaName = namesOf('township', tables, day);
  const className = namesOf('class', tables, day);
  const area = (code: string) => ({ code, name: code === '' ? '' : areaName(code) });
  const unit = (index: number) => area(foreseen.unitOf(index));
  const classOf = (key: string) => ({ key, name: className(key) });
  const ofRows = (rows: readonly number[]) => {
    // A case may have been there twice.
    const once = [...new Set(rows)];
    return numbersOf(once.slice(0, MOST_CASES).map(foreseen.caseOf), once.length);
  };
  return [
    ...bursts.slice(0, MOST_ITEMS).map(({ level, of, classKey, seen, expected, chance, backTest, cases }) => ({
      ...{ kind: 'burst' as const, level, area: area(of), class: classOf(classKey) },
      ...{ seen, expected, chance, backTest: backTest === null ? null : { ...backTest } },
      ...numbersOf(cases),
    })),
    ...spots.slice(0, MOST_ITEMS).map(({ areas, seen, expected, z, windows, classes, cases }) => ({
      ...{ kind: 'spot' as const, areas: areas.map(area), seen, expected, z, windows },
      classes: classes.slice(0, MOST_CLASSES).map(({ classKey, count }) => ({ ...classOf(classKey), count })),
      ...numbersOf(cases),
    })),
    ...repeats.slice(0, MOST_ITEMS).map(({ classKey, lon, lat, grid, cases }) => ({
      ...{ kind: 'repeat' as const, class: classOf(classKey), lon, lat, area: area(grid) },
      ...numbersOf(cases),
    })),
    ...chains.pingPongs
      .filter(({ times }) => times >= rules.pingPongs)
      .slice(0, MOST_ITEMS)
      .map(({ a, b, times, rows }) => ({ kind: 'ping_pong' as const, a: unit(a), b: unit(b), times, ...ofRows(rows) })),
    ...chains.dwells
      .filter(({ lostSeconds }) => lostSeconds > 0)
      .slice(0, MOST_ITEMS)
      .map(({ unit: index, step, medianSeconds, usualSeconds, longestSeconds, lostSeconds, rows }) => ({
        ...{ kind: 'worst_hop' as const, unit: unit(index), step },
        ...{ medianSeconds, usualSeconds, longestSeconds, lostSeconds },
        ...ofRows(rows),
      })),
  ];
}

function numbersOf(cases: readonly string[], count = cases.length): { count: number; cases: string[] } {
  return { count, cases: cases.slice(0, MOST_CASES) };
}
