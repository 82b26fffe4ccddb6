import type { ReactNode } from 'react';
import type { CaseDetail } from '#contract/cases.ts';
import { moment, span } from '#renderer/i18n/format.ts';
import { useStateWords, useWords } from '#renderer/i18n/use-words.ts';
import { useNow } from '#renderer/state/use-live.ts';
import type { ChainRow, ChainTotals } from './chain-rows.ts';
import { useNames } from '#renderer/acts/use-names.ts';
import styles from './chain.module.css';

/** The dispatch chain 派遣链 as a chain: one line a hop, indented by level, what belongs to it beneath, stays on one scale. */
export function CaseChain({
  detail,
  rows,
  totals,
}: {
  readonly detail: CaseDetail;
  readonly rows: readonly ChainRow[];
  readonly totals: ChainTotals;
}) {
  const { t, language } = useWords();
  if (rows.length === 0) {
    const none = detail.record === 'ticket' ? t('case.noChainTicket') : t('case.noChain');
    return <p className={styles.none}>{detail.isArchived ? t('case.read') : none}</p>;
  }
  return (
    <table className={styles.chain}>
      <thead>
        <tr>
          <th>{t('case.unit')}</th>
          <th>{t('case.received')}</th>
          <th>{t('case.acted')}</th>
          <th className={styles.right}>{t('case.dwell')}</th>
          <th className={styles.scale}>{t('case.scale')}</th>
          <th>{t('case.outcome')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <ChainLine key={row.key} row={row} detail={detail} scaleMs={totals.scaleMs} />
        ))}
      </tbody>
      {totals.hops < 2 && totals.orders === 0 ? null : (
        <tfoot>
          <tr>
            <th scope="row">{t('case.totalLine')}</th>
            <td />
            <td />
            <td className={styles.right}>
              <b>{span(totals.stayMs, language)}</b>
            </td>
            <td colSpan={2}>
              {totals.orders === 0
                ? t('case.totalHops', { hops: totals.hops })
                : t('case.totalOf', { hops: totals.hops, answered: totals.answered, orders: totals.orders })}
            </td>
          </tr>
        </tfoot>
      )}
    </table>
  );
}

function ChainLine({
  row,
  detail,
  scaleMs,
}: {
  readonly row: ChainRow;
  readonly detail: CaseDetail;
  readonly scaleMs: number;
}) {
  const { t, language } = useWords();
  const now = useNow(5_000);
  const line = useLine(row, detail, now);
  const isHere = row.kind === 'hop' && row.isHere;
  return (
    <>
      <tr data-here={isHere} data-kind={row.kind}>
        <th scope="row">
          <span className={styles.unit} style={{ paddingLeft: `calc(${Math.max(0, row.depth - 1) * 16} * var(--u))` }}>
            {row.depth <= 0 ? null : (
              <span className={styles.elbow} data-side={row.kind !== 'hop'} aria-hidden="true" />
            )}
            <span className={styles.name}>{line.name}</span>
            {line.person === '' ? null : <span className={styles.person}>{line.person}</span>}
            {line.tags.map((tag) => (
              <span key={tag} className={styles.tag}>
                {tag}
              </span>
            ))}
            {isHere ? (
              <span className={styles.tag} data-strong="true">
                {t('case.here')}
              </span>
            ) : null}
          </span>
        </th>
        <td>{line.receivedAt === null ? '' : moment(line.receivedAt, now)}</td>
        <td>{line.actedAt === null ? '' : moment(line.actedAt, now)}</td>
        <td className={styles.right}>
          {row.stayMs === null ? '–' : <b data-side={row.kind !== 'hop'}>{span(row.stayMs, language)}</b>}
        </td>
        <td className={styles.scale}>
          <Bar ms={row.stayMs ?? 0} scaleMs={scaleMs} isSide={row.kind !== 'hop'} />
        </td>
        <td className={styles.outcome}>{line.outcome}</td>
      </tr>
      {line.words === '' ? null : (
        <tr className={styles.words} data-here={isHere}>
          <td colSpan={6}>
            <span style={{ paddingLeft: `calc(${16 + Math.max(0, row.depth - 1) * 16} * var(--u))` }}>
              “{line.words}”
            </span>
          </td>
        </tr>
      )}
    </>
  );
}

function Bar({
  ms,
  scaleMs,
  isSide,
}: {
  readonly ms: number;
  readonly scaleMs: number;
  readonly isSide: boolean;
}): ReactNode {
  if (ms === 0 || scaleMs === 0) return null;
  const isLongest = !isSide && ms === scaleMs;
  return (
    <svg
      className={styles.bar}
      data-side={isSide}
      data-longest={isLongest}
      viewBox="0 0 100 8"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <rect width={Math.max(1, (100 * ms) / scaleMs)} height="8" />
    </svg>
  );
}

interface Line {
  readonly name: string;
  readonly person: string;
  readonly tags: readonly string[];
  readonly receivedAt: number | null;
  readonly actedAt: number | null;
  readonly outcome: string;
  /** Opinion, reason or answer; empty for none. */
  readonly words: string;
}

function useLine(row: ChainRow, detail: CaseDetail, now: number): Line {
  const { t } = useWords();
  const { stateName } = useStateWords();
  const { shortUnit, person } = useNames();
  switch (row.kind) {
    case 'hop': {
      const { hop, isHere, isLead, reasonCode } = row;
      const told = hop.outcome === null ? '' : [t(`outcomes.${hop.outcome}`), reasonCode].filter(Boolean).join(' ');
      return {
        name: shortUnit(hop.unit),
        person: hop.personId === null ? '' : person(hop.unit, hop.personId),
        tags: isLead ? [t('case.lead')] : [],
        receivedAt: hop.sentAt,
        actedAt: hop.endedAt,
        outcome: isHere ? stateName(detail.record, detail.state) : told,
        words: hop.opinion ?? '',
      };
    }
    case 'order': {
      const { order, turn } = row;
      const state =
        turn !== null && order.state === 'waiting' ? t('case.waitsTurn', { turn }) : t(`orderStates.${order.state}`);
      const arrived = order.arrivedAt === null ? '' : t('case.arrivedAt', { time: moment(order.arrivedAt, now) });
      return {
        name: shortUnit(order.unit),
        person: order.personId === null ? '' : person(order.unit, order.personId),
        tags: [
          t(`orderRoles.${order.role}`),
          ...(order.via === 'dispatch' ? [] : [t(`orderVia.${order.via}`)]),
          ...(turn === null ? [] : [t('case.turn', { turn })]),
        ],
        receivedAt: order.sentAt,
        actedAt: order.endedAt,
        outcome: [state, arrived].filter(Boolean).join(' · '),
        words: order.words ?? '',
      };
    }
    case 'endorsement': {
      const { step, number } = row;
      const unit = detail.holderUnit;
      const who = step.endedBy ?? step.personId;
      const delegated =
        step.delegatedBy.length === 0
          ? ''
          : t('case.delegated', { people: step.delegatedBy.map((id) => person(unit, id)).join('、') });
      const due =
        step.dueAt !== null && step.endedAt === null ? t('case.dueBy', { time: moment(step.dueAt, now) }) : '';
      return {
        name: postName(step.post),
        person: who === null ? '' : person(unit, who),
        tags: [t('case.endorsementStep', { step: number })],
        receivedAt: step.startedAt,
        actedAt: step.endedAt,
        outcome: [t(`endorsementStates.${step.state}`), due, delegated].filter(Boolean).join(' · '),
        words: step.opinion ?? '',
      };
    }
    default: {
      const { report } = row;
      return {
        name: report.caseId.slice(-4),
        person: t(`sources.${report.source}`),
        tags: [t('case.child')],
        receivedAt: report.reportedAt,
        actedAt: report.at,
        outcome: report.handleDueAt === null ? '' : t('case.dueBy', { time: moment(report.handleDueAt, now) }),
        words: report.description,
      };
    }
  }

  function postName(post: string): string {
    return t(`peoplePosts.${post}` as 'peoplePosts.leader', { defaultValue: post });
  }
}
