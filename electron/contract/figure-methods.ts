import * as figures from './figures.ts';
import * as foresight from './foresight.ts';
import { method } from './method.ts';

const october = { from: '2026-10-01', to: '2026-11-01' } as const;

/** Figures 指标 and scores 考核. Part of the one table, `api`. */
export const figureMethods = {
  'figures.get': method({
    input: figures.FiguresGet,
    output: figures.FiguresGot,
    errors: ['figures_counting'],
    needs: 'figures.read',
    about: 'one indicator by group, with numerator and denominator, 环比 and 同比',
    example: { indicator: 'ontime_close_rate', group: 'township', ...october },
  }),
  'figures.table': method({
    input: figures.FiguresTable,
    output: figures.FiguresTableGot,
    errors: ['figures_counting'],
    needs: 'figures.read',
    about: 'a scorecard 考核: indicators, score and rank of all groups of a kind',
    example: {
      indicators: ['response_rate', 'resolution_rate', 'satisfaction_rate'],
      trend: { indicator: 'satisfaction_rate', months: 12 },
      group: 'township',
      ...october,
    },
  }),
  'figures.cases': method({
    input: figures.FiguresCases,
    output: figures.FiguresCasesGot,
    errors: ['figures_counting'],
    needs: 'figures.read',
    about: 'the cases behind a number',
    example: { indicator: 'ontime_close_rate', part: 'rest', group: 'district', ...october },
  }),
  'foresight.get': method({
    input: foresight.ForesightGet,
    output: foresight.ForesightGot,
    errors: ['figures_counting'],
    needs: 'figures.read',
    about: '未诉先办: bursts, hot spots, repeats, ping-pong and worst hops, each with its cases',
    example: {},
  }),
  'foresight.cases': method({
    input: foresight.ForesightCases,
    output: foresight.ForesightCasesGot,
    errors: [],
    needs: 'figures.read',
    about: 'rows of the cases behind one of them',
    example: { ids: ['20261124000001'] },
  }),
} as const;
