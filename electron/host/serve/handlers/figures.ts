import type { FiguresRow, FiguresTableGot, Score } from '#contract/figures.ts';
import { instantOf, type InstantInput } from '#contract/schema.ts';
import type { WireError } from '#contract/errors.ts';
import type { ParsedInputOf } from '#contract/api.ts';
import { instant } from '#domain/base/instant.ts';
import { ok, type Result } from '#domain/base/result.ts';
import type { CountedCase, FigureBook, Span } from '#domain/metrics/figure-book.ts';
import { dayNumber, dayNumberOf, dayText } from '#domain/metrics/figure-record.ts';
import { indicators, type Figure, type IndicatorId } from '#domain/metrics/indicators.ts';
import { monthsUpTo, periodBefore, yearBefore } from '#domain/metrics/periods.ts';
import type { GroupKind, Measure } from '#domain/metrics/measures.ts';
import { rank, type Ranked, type ScoringScheme } from '#domain/metrics/scoring.ts';
import type { ReferenceTables } from '#domain/reference/reference-tables.ts';
import type { CountedFigures } from '#host/ports/figures.ts';
import { refuse, type Handlers } from '../dispatcher.ts';
import type { HostParts } from '../host-parts.ts';
import { namesOf, rowOf } from './figure-words.ts';

type FigureParts = Pick<HostParts, 'figures' | 'tables' | 'cases' | 'clock'>;
type Reads = Pick<Handlers, 'figures.get' | 'figures.table' | 'figures.cases'>;

/** Figures, scorecards and the cases behind them. */
export function figureReads({ figures, tables, cases, clock }: FigureParts): Reads {
  const today = (asOf: InstantInput | undefined) => dayNumber(asOf === undefined ? clock.now() : instantOf(asOf));
  const counted = async <Value>(
    asOf: InstantInput | undefined,
    made: (counted: CountedFigures) => Value | Promise<Value>,
  ): Promise<Result<Value, WireError>> => {
    const answer = await figures.at(asOf === undefined ? null : instant(instantOf(asOf)));
    if (answer.isReady) return ok(await made(answer.counted));
    const { done, of } = answer.counting;
    return refuse('figures_counting', { done: String(done), of: String(of) });
  };
  return {
    'figures.get': ({ indicator, group, of, from, to, asOf }) =>
      counted(asOf, ({ book, ...state }) => {
        const span = spanOf(from, to);
        const dueTo = today(asOf);
        const nameOf = namesOf(group, tables.inForce(), to);
        const at = (code: string, when: Span) => ({ ...book.figure(indicator, { group, of: code, ...when, dueTo }) });
        const codes = of === undefined ? book.groups(group).toSorted() : [of];
        return {
          ...state,
          ...{ kind: indicators[indicator].kind, from, to },
          rows: codes.map((code) => ({
            ...{ of: code, name: nameOf(code) },
            ...at(code, span),
            before: at(code, periodBefore(span)),
            yearBefore: at(code, yearBefore(span)),
          })),
        };
      }),

    'figures.table': (input) =>
      counted(input.asOf, ({ book, ...state }) => ({
        ...state,
        ...tableOf(book, input, tables.inForce(), today(input.asOf)),
      })),

    'figures.cases': ({ indicator, part, group, of, from, to, asOf, limit, after }) =>
      counted(asOf, async ({ book, ...state }) => {
        const scope = { group, of: of ?? '', ...spanOf(from, to), dueTo: today(asOf) };
        const found = behind(indicator, part, (measure) => book.cases(measure, scope));
        const rest = after === undefined ? found : found.filter(({ id }) => id > after);
        const page = rest.slice(0, limit);
        const rows = await Promise.all(page.map(async (one) => ({ ...one, row: await rowOf(one.id, cases) })));
        const last = rest.length > page.length ? (page.at(-1)?.id ?? null) : null;
        return { ...state, count: found.length, rows, after: last };
      }),
  };
}

function spanOf(from: string, to: string): Span {
  return { from: dayNumberOf(from), to: dayNumberOf(to) };
}

function behind(
  id: IndicatorId,
  part: 'n' | 'd' | 'rest',
  casesOf: (measure: Measure) => readonly CountedCase[],
): readonly CountedCase[] {
  const indicator = indicators[id];
  if (indicator.kind === 'quantile') return casesOf('closed');
  if (indicator.kind === 'count') return part === 'rest' ? [] : casesOf(indicator.n);
  if (part !== 'rest') return casesOf(part === 'n' ? indicator.n : indicator.d);
  const inNumerator = new Map(casesOf(indicator.n).map(({ id: one, weight }) => [one, weight]));
  return casesOf(indicator.d).flatMap(({ id: one, weight }) => {
    const missing = weight - (inNumerator.get(one) ?? 0);
    return missing > 0 ? [{ id: one, weight: missing }] : [];
  });
}

type TableInput = ParsedInputOf<'figures.table'>;

function tableOf(
  book: FigureBook,
  input: TableInput,
  tables: ReferenceTables,
  dueTo: number,
): Omit<FiguresTableGot, 'sequence' | 'isWhole'> {
  const { group, from, to, trend } = input;
  const span = { ...spanOf(from, to), dueTo };
  const scheme = tables.scoring(dayText(span.to - 1));
  const months = trend === undefined ? [] : monthsUpTo(span.to - 1, trend.months);
  const nameOf = namesOf(group, tables, to);
  const sumsOf = (kind: GroupKind) => ({
    inPeriod: book.allSums(kind, span),
    months: months.map((month) => ({ month, sums: book.allSums(kind, { ...month, dueTo }) })),
  });
  const rowFor = (kind: GroupKind, of: string, sums: ReturnType<typeof sumsOf>, score: Score | null): FiguresRow => ({
    ...{ of, name: nameOf(of), score },
    figures: input.indicators.map((id) => ({
      ...book.figure(id, { group: kind, of, ...span }, sums.inPeriod.get(of)),
    })),
    trend: sums.months.map(({ month, sums: own }) =>
      trend === undefined
        ? null
        : book.figure(trend.indicator, { group: kind, of, ...month, dueTo }, own.get(of)).value,
    ),
  });
  const own = sumsOf(group);
  const codes = [...own.inPeriod].filter(([, sums]) => sums.some((sum) => sum !== 0)).map(([of]) => of);
  const scores = scheme === null ? new Map<string, Score>() : scoresOf(book, scheme, group, codes, span);
  const rows = codes.map((of) => rowFor(group, of, own, scores.get(of) ?? null));
  return {
    months: months.map((month) => dayText(month.from)),
    rows: rows.toSorted((a, b) => (a.score?.rank ?? Infinity) - (b.score?.rank ?? Infinity) || (a.of < b.of ? -1 : 1)),
    total: rowFor('district', '', sumsOf('district'), scheme === null ? null : totalScore(book, scheme, span)),
    scheme:
      scheme === null
        ? null
        : {
            ...{ code: scheme.code, isPlaceholder: scheme.isPlaceholder },
            ...{ target: scheme.target, smallBelow: scheme.smallBelow },
            weights: scheme.weights.map((weight) => ({ ...weight })),
            grades: scheme.grades.map((grade) => ({ ...grade })),
          },
  };
}

function ranked(book: FigureBook, scheme: ScoringScheme, group: GroupKind, codes: readonly string[], span: Span) {
  const ids = [...scheme.weights, ...scheme.bonuses].map(({ indicator }) => indicator);
  const all = book.allSums(group, span);
  const subjects = codes.map((of) => ({
    of,
    figures: new Map<IndicatorId, Figure>(ids.map((id) => [id, book.figure(id, { group, of, ...span }, all.get(of))])),
  }));
  return rank(scheme, subjects);
}

function scoresOf(
  book: FigureBook,
  scheme: ScoringScheme,
  group: GroupKind,
  codes: readonly string[],
  span: Span,
): ReadonlyMap<string, Score> {
  const before = new Map(
    ranked(book, scheme, group, codes, periodBefore(span)).map((one): [string, number | null] => [one.of, one.rank]),
  );
  return new Map(
    ranked(book, scheme, group, codes, span).map((one) => [one.of, scoreOf(one, before.get(one.of) ?? null)]),
  );
}

function totalScore(book: FigureBook, scheme: ScoringScheme, span: Span): Score | null {
  const [own] = ranked(book, scheme, 'district', [''], span);
  return own === undefined ? null : { ...scoreOf(own, null), rank: null, bandFrom: null, bandTo: null };
}

function scoreOf({ of: _of, ...score }: Ranked, rankBefore: number | null): Score {
  return { ...score, rankBefore };
}
