import { setImmediate } from 'node:timers/promises';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '#domain/base/instant.ts';
import { findBursts, findChains, findRepeats, findSpots, pastDays, SPOT_DAYS } from '#domain/foresight/foresee.ts';
import { netOf, type Net } from '#domain/foresight/hot-spots.ts';
import type { Steps } from '#domain/foresight/steps.ts';
import type { AreaIndex } from '#domain/grid/district.ts';
import { dayNumber, dayText } from '#domain/metrics/figure-record.ts';
import { caseIdOf } from '#domain/metrics/figure-rows.ts';
import type { ReferenceTables } from '#domain/reference/reference-tables.ts';
import type { UnitKind } from '#domain/reference/rows.ts';
import type { Clock } from '#host/ports/clock.ts';
import type { CountedFigures, Figures } from '#host/ports/figures.ts';
import type { Foreseen, Foresight, ForesightAnswer, ForesightRules } from '#host/ports/foresight.ts';

/** How old an answer may be while entries come in, and while none do: open cases wait on. */
const FRESH_MS = MINUTE_MS;
const QUIET_MS = HOUR_MS;
/** So long the host's thread is held at a time. */
const TURN_MS = 8;
/** Answers for other days that are kept. */
const MOST_KEPT = 4;

export interface KeptForesightOptions {
  readonly figures: Figures;
  readonly tables: () => ReferenceTables;
  /** The net in force. */
  readonly areas: () => AreaIndex;
  readonly clock: Clock;
}

/** Foresight made out of the figures in turns beside other work, and kept: asking again costs nothing. */
export class KeptForesight implements Foresight {
  readonly #options: KeptForesightOptions;
  #net: { readonly of: AreaIndex; readonly net: Net } | null = null;
  /** By day; the one asked for last is the last. */
  readonly #kept = new Map<number, { readonly tables: ReferenceTables; readonly foreseen: Foreseen }>();
  readonly #making = new Map<number, Promise<Foreseen>>();

  constructor(options: KeptForesightOptions) {
    this.#options = options;
  }

  async upTo(asked: number | null): Promise<ForesightAnswer> {
    const { figures, clock } = this.#options;
    const to = asked ?? dayNumber(clock.now()) + 1;
    const answer = await figures.at(null);
    if (!answer.isReady) return answer;
    const tables = this.#options.tables();
    const known = this.#kept.get(to);
    if (known !== undefined && known.tables === tables) {
      const isSame = known.foreseen.sequence === answer.counted.sequence;
      const age = clock.now() - known.foreseen.madeAt;
      if (age >= 0 && age < (isSame ? QUIET_MS : FRESH_MS)) return { isReady: true, foreseen: known.foreseen };
    }
    let making = this.#making.get(to);
    if (making === undefined) {
      making = this.#make(answer.counted, tables, to).finally(() => this.#making.delete(to));
      this.#making.set(to, making);
    }
    return { isReady: true, foreseen: await making };
  }

  async #make(counted: CountedFigures, tables: ReferenceTables, to: number): Promise<Foreseen> {
    const { clock } = this.#options;
    const { book, sequence, isWhole } = counted;
    const madeAt = clock.now();
    const rules = rulesOn(tables, to);
    const today = dayNumber(madeAt);
    const chainsWhen = { from: to - SPOT_DAYS, to, withOpen: to > today, now: madeAt / SECOND_MS };
    const kindOf = (unit: string): UnitKind =>
      unit === '' ? 'district_desk' : (tables.units.unit(unit, dayText(to - 1))?.kind ?? 'other');
    const places = { metres: rules.repeatMetres, least: rules.repeatLeast };
    const foreseen: Foreseen = {
      ...{ madeAt, to, sequence, isWhole, rules },
      pastDays: pastDays(book, to),
      bursts: await inTurns(findBursts(book, to, rules)),
      spots: await inTurns(findSpots(book, this.#netInForce(), to, rules.falseShare)),
      repeats: await inTurns(findRepeats(book, to, rules.repeatDays, places)),
      chains: await inTurns(findChains(book, chainsWhen, kindOf)),
      unitOf: (index) => book.codeOf(index),
      caseOf: (row) => caseIdOf(book.record(row)),
    };
    this.#kept.delete(to);
    this.#kept.set(to, { tables, foreseen });
    for (const day of [...this.#kept.keys()].slice(0, -MOST_KEPT)) this.#kept.delete(day);
    return foreseen;
  }

  #netInForce(): Net {
    const areas = this.#options.areas();
    if (this.#net?.of !== areas) {
      const finest = areas.district.levels.at(-1) ?? [];
      const net = netOf(finest.map(({ code, labelPoint: [lon, lat] }) => ({ code, lon, lat })));
      this.#net = { of: areas, net };
    }
    return this.#net.net;
  }
}

function rulesOn({ policies }: ReferenceTables, to: number): ForesightRules {
  const day = dayText(to - 1);
  const keys = [
    'foresight_false_alarms',
    'foresight_false_share',
    'warning_7d_growth',
    'warning_7d_repeats',
    'repeat_window',
    'similar_case_distance',
    'ping_pong_returns',
  ] as const;
  const [falseAlarms = 0, falseShare = 0, growth = 0, least = 0, repeatDays = 0, repeatMetres = 0, pingPongs = 0] =
    keys.map((key) => policies.number(key, day));
  return {
    ...{ falseAlarms, falseShare, growth, least, repeatDays, repeatMetres, repeatLeast: least, pingPongs },
    isPlaceholder: keys.some((key) => policies.isPlaceholder(key, day)),
  };
}

/** Gives way to other work after each turn. */
async function inTurns<Value>(steps: Steps<Value>): Promise<Value> {
  let began = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (performance.now() - began < TURN_MS) continue;
    await setImmediate();
    began = performance.now();
  }
}
