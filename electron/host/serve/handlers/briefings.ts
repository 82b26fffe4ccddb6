import { caseRow } from '#contract/case-row.ts';
import type { CaseRow } from '#contract/cases.ts';
import type { BriefingFigure } from '#domain/briefing/document.ts';
import { ok } from '#domain/base/result.ts';
import type { CountedCase, FigureBook } from '#domain/metrics/figure-book.ts';
import { dayNumberOf } from '#domain/metrics/figure-record.ts';
import { indicators } from '#domain/metrics/indicators.ts';
import type { Cases } from '#host/ports/cases.ts';
import { ProjectionUnavailable } from '#host/ports/projection.ts';
import { refuse, type Handlers } from '../dispatcher.ts';
import type { HostParts } from '../host-parts.ts';

type BriefingHandlers = Pick<Handlers, Extract<keyof Handlers, `briefings.${string}`>>;
type BriefingParts = Pick<HostParts, 'briefings' | 'handles' | 'figures' | 'cases'>;

/** Briefings: a page that is printed reads its own document alone; every other one is unknown to it. */
export function briefingHandlers({ briefings, handles, figures, cases }: BriefingParts): BriefingHandlers {
  return {
    'briefings.list': () => briefings.list(),
    'briefings.page': async ({ id }, { principal }) => {
      if (principal.kind === 'briefing' && principal.id !== id) return refuse('not_found', { id });
      return briefings.page(id);
    },
    'briefings.create': (input) => briefings.create(input),
    'briefings.issue': (input) => briefings.issue(input),

    'briefings.print': async ({ id }, { principal }) => {
      const printed = await briefings.pdf(id);
      if (!printed.ok) return printed;
      const { bytes, fileName } = printed.value;
      return ok({ ...handles.give({ kind: 'pdf', bytes }, principal), bytes: bytes.length, fileName });
    },

    'briefings.cases': async ({ id, figure: wanted, limit }) => {
      const found = await briefings.page(id);
      if (!found.ok) return found;
      const figure = found.value.document.figures.find((one) => one.id === wanted);
      if (figure === undefined) return refuse('not_found', { id, figure: wanted });
      const answer = await figures.at(null);
      if (!answer.isReady) {
        const { done, of } = answer.counting;
        return refuse('figures_counting', { done: String(done), of: String(of) });
      }
      const behind = casesBehind(figure, answer.counted.book);
      const rows = await Promise.all(
        behind.slice(0, limit).map(async (one) => ({ id: one.id, row: await rowOf(one.id, cases) })),
      );
      return ok({ label: figure.label, printed: figure.value, count: behind.length, rows });
    },
  };
}

function casesBehind({ query }: BriefingFigure, book: FigureBook): readonly Pick<CountedCase, 'id'>[] {
  switch (query.kind) {
    case 'case':
      return [{ id: query.id }];
    case 'standing':
      return book.standingCases(query.part, query.at, { group: 'district', of: '' });
    case 'indicator': {
      const indicator = indicators[query.indicator];
      const scope = { group: query.group, of: query.of, from: dayNumberOf(query.from), to: dayNumberOf(query.to) };
      // Of a share all that counts: the reader asks what it was made of.
      const measure = indicator.kind === 'quantile' ? 'closed' : indicator.kind === 'count' ? indicator.n : indicator.d;
      return book.cases(measure, scope);
    }
  }
}

async function rowOf(id: string, cases: Cases): Promise<CaseRow | null> {
  try {
    const state = await cases.load(id);
    const sequence = cases.sequencesOf(id).at(-1);
    return state === undefined || sequence === undefined ? null : caseRow(state, sequence);
  } catch (cause) {
    // The number stands without it: an old case cannot be looked up while the archive is being made.
    if (cause instanceof ProjectionUnavailable) return null;
    throw cause;
  }
}
