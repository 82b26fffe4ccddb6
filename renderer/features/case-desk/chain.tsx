import type { CaseDetail } from '#contract/cases.ts';
import { isOpen } from '#domain/case/lifecycle.ts';
import { moment, span } from '#renderer/i18n/format.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { useDesk } from '#renderer/state/desk-context.tsx';
import { useNow } from '#renderer/state/use-live.ts';
import { useUnitName } from './use-unit-name.ts';
import styles from './chain.module.css';

/** The dispatch chain 派遣链 as a chain: one line a hop, indented by level, dwell on a common scale. */
export function CaseChain({ detail }: { readonly detail: CaseDetail }) {
  const { t, language } = useWords();
  const { areas } = useDesk();
  const unitName = useUnitName();
  const now = useNow(5_000);
  const { chain } = detail;
  if (chain.length === 0)
    return <p className={styles.none}>{detail.isArchived ? t('case.read') : t('case.noChain')}</p>;

  const hops = chain.map((hop) => ({ ...hop, dwellMs: Math.max(0, (hop.endedAt ?? now) - hop.sentAt) }));
  const longest = Math.max(...hops.map(({ dwellMs }) => dwellMs));
  const isStill = isOpen(detail.state);
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
        {hops.map((hop, index) => {
          const isHere = isStill && hop.endedAt === null && index === hops.length - 1;
          const depth = hop.unit === null ? 0 : Math.max(1, areas.path(hop.unit).length - areas.unitLevel + 1);
          return (
            <tr key={`${hop.unit} ${hop.sentAt} ${index}`} data-here={isHere}>
              <th scope="row">
                <span className={styles.unit} data-depth={depth}>
                  {depth === 0 ? null : <span className={styles.elbow} aria-hidden="true" />}
                  {hop.unit === null ? unitName(null) : (areas.area(hop.unit)?.name ?? hop.unit)}
                  {isHere ? <span className={styles.tag}>{t('case.here')}</span> : null}
                </span>
              </th>
              <td>{moment(hop.sentAt, now)}</td>
              <td>{hop.endedAt === null ? '' : moment(hop.endedAt, now)}</td>
              <td className={styles.right}>
                <b>{span(hop.dwellMs, language)}</b>
              </td>
              <td className={styles.scale}>
                <svg className={styles.bar} viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                  <rect width={longest === 0 ? 0 : Math.max(1, (100 * hop.dwellMs) / longest)} height="8" />
                </svg>
              </td>
              <td className={styles.outcome}>{outcomeText(hop, isHere)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );

  function outcomeText(hop: (typeof hops)[number], isHere: boolean): string {
    const words = [
      hop.outcome === null ? (isHere ? t(`states.${detail.state}`) : '') : t(`case.outcomes.${hop.outcome}`),
      hop.opinion === null ? '' : `“${hop.opinion}”`,
    ];
    return words.filter(Boolean).join(' ');
  }
}

/** The head line of the section: how many hops, and the one that took longest. */
export function useChainNote(detail: CaseDetail): { readonly count: string; readonly longest: string } {
  const { t, language } = useWords();
  const unitName = useUnitName();
  const now = useNow(5_000);
  const { chain } = detail;
  if (chain.length === 0) return { count: '', longest: '' };
  const dwells = chain.map((hop) => Math.max(0, (hop.endedAt ?? now) - hop.sentAt));
  const total = dwells.reduce((sum, dwell) => sum + dwell, 0);
  const at = dwells.indexOf(Math.max(...dwells));
  const share = total === 0 ? 0 : Math.round((100 * (dwells[at] ?? 0)) / total);
  return {
    count: t('case.hops', { count: chain.length }),
    longest:
      chain.length < 2
        ? ''
        : t('case.longest', { unit: unitName(chain[at]?.unit ?? null), time: span(dwells[at] ?? 0, language), share }),
  };
}
