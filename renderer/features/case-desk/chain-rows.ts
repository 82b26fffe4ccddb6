import type { CaseDetail, HistoryStep } from '#contract/cases.ts';
import { isOpen } from '#domain/case/lifecycle.ts';

type Hop = CaseDetail['chain'][number];
type Order = CaseDetail['orders'][number];
type Step = NonNullable<CaseDetail['endorsement']>['steps'][number];
type Merged = CaseDetail['merged'][number];

interface Place {
  readonly key: string;
  /** 0 is the district desk; each level of units below it is one more. */
  readonly depth: number;
  /** Milliseconds between receiving and acting, or until now; null before it began. */
  readonly stayMs: number | null;
}

/** One line of the drawn chain. Orders, endorsements and merged reports stand beneath the hop that they belong to. */
export type ChainRow =
  | (Place & {
      readonly kind: 'hop';
      readonly hop: Hop;
      /** The case is here now 在此. */
      readonly isHere: boolean;
      /** Leads orders of other units 主办. */
      readonly isLead: boolean;
      readonly reasonCode: string | null;
    })
  | (Place & {
      readonly kind: 'order';
      readonly order: Order;
      /** Place in a relay 接续, from 2: the lead has the first turn; null in other modes. */
      readonly turn: number | null;
    })
  | (Place & { readonly kind: 'endorsement'; readonly step: Step; readonly number: number })
  | (Place & { readonly kind: 'merged'; readonly report: Merged });

/** What the head and the foot of the chain say. */
export interface ChainTotals {
  readonly hops: number;
  /** All stays of the lead path together. */
  readonly stayMs: number;
  readonly longest: { readonly unit: string | null; readonly stayMs: number; readonly share: number } | null;
  readonly orders: number;
  readonly answered: number;
  /** The longest of all lines: the one scale of the bars. */
  readonly scaleMs: number;
}

/**
 * The chain as lines, top down: each hop of the lead path, beneath it its endorsements and orders, at the end the reports
 * that were merged in. `depthOf` gives the depth of a unit.
 */
export function chainRows(
  detail: CaseDetail,
  steps: readonly HistoryStep[],
  depthOf: (unit: string) => number,
  now: number,
): readonly ChainRow[] {
  const { chain } = detail;
  const codes = new Map(
    steps.flatMap(({ type, at, facts }): readonly [number, string][] =>
      type === 'case.returned.v2' && typeof facts['reasonCode'] === 'string' ? [[at, facts['reasonCode']]] : [],
    ),
  );
  const turns = new Map(
    detail.orders.filter(({ via }) => via === 'relay').map(({ id }, index): [string, number] => [id, index + 2]),
  );
  const rows: ChainRow[] = [];
  const push = (index: number, depth: number) => {
    for (const [at, step] of (detail.endorsement?.steps ?? []).entries()) {
      const startedAt = detail.endorsement?.steps[0]?.startedAt ?? null;
      if (hopAt(chain, startedAt) !== index) continue;
      rows.push({
        ...{ kind: 'endorsement', key: `endorsement ${at}`, depth: depth + 1, step, number: at + 1 },
        stayMs: step.startedAt === null ? null : stay(step.startedAt, step.endedAt, now),
      });
    }
    for (const order of detail.orders) {
      if (hopAt(chain, order.sentAt) !== index) continue;
      rows.push({
        ...{ kind: 'order', key: `order ${order.id}`, depth: depth + 1, order, turn: turns.get(order.id) ?? null },
        stayMs: order.sentAt === null ? null : stay(order.sentAt, order.endedAt, now),
      });
    }
  };

  for (const [index, hop] of chain.entries()) {
    const depth = hop.unit === null ? 0 : Math.max(1, depthOf(hop.unit));
    rows.push({
      ...{ kind: 'hop', key: `hop ${index}`, depth, hop, stayMs: stay(hop.sentAt, hop.endedAt, now) },
      isHere: isOpen(detail.state) && hop.endedAt === null && index === chain.length - 1,
      isLead: hop.unit !== null && detail.orders.some(({ sentAt }) => hopAt(chain, sentAt) === index),
      reasonCode: hop.outcome === 'returned' && hop.endedAt !== null ? (codes.get(hop.endedAt) ?? null) : null,
    });
    push(index, depth);
  }
  if (chain.length === 0) push(-1, -1);
  for (const report of detail.merged) {
    rows.push({ kind: 'merged', key: `merged ${report.caseId}`, depth: 0, stayMs: null, report });
  }
  return rows;
}

export function chainTotals(rows: readonly ChainRow[]): ChainTotals {
  const hops = rows.filter((row) => row.kind === 'hop');
  const orders = rows.filter((row) => row.kind === 'order');
  const stayMs = hops.reduce((sum, row) => sum + (row.stayMs ?? 0), 0);
  const longest = hops.toSorted((a, b) => (b.stayMs ?? 0) - (a.stayMs ?? 0))[0];
  return {
    hops: hops.length,
    stayMs,
    longest:
      longest === undefined || hops.length < 2
        ? null
        : {
            unit: longest.hop.unit,
            stayMs: longest.stayMs ?? 0,
            share: stayMs === 0 ? 0 : Math.round((100 * (longest.stayMs ?? 0)) / stayMs),
          },
    orders: orders.length,
    answered: orders.filter(({ order }) => order.state === 'answered').length,
    scaleMs: Math.max(0, ...rows.map((row) => row.stayMs ?? 0)),
  };
}

/** The last hop that had begun at that moment; the last of all for what has not begun. */
function hopAt(chain: readonly Hop[], at: number | null): number {
  if (at === null) return chain.length - 1;
  return chain.findLastIndex(({ sentAt }) => sentAt <= at);
}

function stay(from: number, to: number | null, now: number): number {
  return Math.max(0, (to ?? now) - from);
}
