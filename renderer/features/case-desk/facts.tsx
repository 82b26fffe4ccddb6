import type { CaseDetail } from '#contract/cases.ts';
import { keyOf } from '#renderer/actions/commands.ts';
import { fullTime } from '#renderer/i18n/format.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { useDesk, useIsPast } from '#renderer/state/desk-context.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { ReporterLine } from './reporter-line.tsx';
import { TicketFacts } from './side-facts.tsx';
import { useNames } from '#renderer/acts/use-names.ts';
import styles from './case-desk.module.css';

/** What is known about the place, the source and who is at work. */
export function CaseFacts({ detail, onShowOnMap }: { readonly detail: CaseDetail; readonly onShowOnMap: () => void }) {
  const { t } = useWords();
  const { areas } = useDesk();
  const { unit, person } = useNames();
  const extra = Object.entries(detail.extra);
  const holder = detail.holderPost === null ? null : `${unit(detail.holderUnit)} · ${t(`posts.${detail.holderPost}`)}`;
  return (
    <>
      <dl className={styles.facts}>
        <dt>{t('case.place')}</dt>
        <dd>{detail.address === '' ? t('case.noAddress') : detail.address}</dd>
        <dt>{t('case.areas')}</dt>
        <dd>{areas.names(detail.gridCode).slice(0, 2).join(' / ') || t('case.noGrid')}</dd>
        <dt>{t('case.grid')}</dt>
        <dd className={styles.factLine}>
          {detail.gridCode ?? t('case.noGrid')}
          <PresentGrid detail={detail} />
          {detail.lon === null ? null : (
            <Button kind="quiet" size="small" shortcut={keyOf('list_or_map')} onPress={onShowOnMap}>
              {t('case.onMap')}
            </Button>
          )}
        </dd>
        <dt>{detail.record === 'ticket' ? t('case.demand') : t('case.description')}</dt>
        <dd>{detail.description}</dd>
        <dt>{t('case.source')}</dt>
        <dd>
          {t(`sources.${detail.source}`)} · {fullTime(detail.reportedAt)}
        </dd>
        {detail.reporter === null ? null : <ReporterLine caseId={detail.id} reporter={detail.reporter} />}
        <TicketFacts detail={detail} />
        {fact(t('case.holder'), holder)}
        {fact(t('side.condition'), detail.condition)}
        {fact(t('case.handler'), detail.handlerId === null ? null : person(detail.holderUnit, detail.handlerId))}
        {fact(t('case.collector'), detail.collectorId)}
        {fact(t('case.closedAt'), detail.closedAt === null ? null : fullTime(detail.closedAt))}
        {fact(t('case.endReason'), detail.endReason)}
        {fact(detail.record === 'ticket' ? t('case.ticketNumber') : t('case.external'), externalOf())}
      </dl>
      {extra.length === 0 ? null : (
        <details className={styles.extra}>
          <summary>
            {t('case.extra')} {extra.length}
          </summary>
          <dl className={styles.facts}>
            {extra.map(([name, value]) => (
              <Pair key={name} name={name} value={value} />
            ))}
          </dl>
        </details>
      )}
    </>
  );

  function externalOf(): string | null {
    if (detail.external === null) return null;
    const { feed, id } = detail.external;
    return detail.record === 'ticket' ? id : `${feed} ${id}`;
  }

  function fact(name: string, value: string | null) {
    return value === null ? null : <Pair name={name} value={value} />;
  }
}

function Pair({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}

/** Where an open case would be filed today, if grids were redrawn since. */
function PresentGrid({ detail }: { readonly detail: CaseDetail }) {
  const { t } = useWords();
  const { areas } = useDesk();
  const isPast = useIsPast();
  const { gridCode, presentGridCode: code, lon, closedAt } = detail;
  if (isPast || lon === null || closedAt !== null || code === gridCode) return null;
  const name = code === null ? '' : areas.names(code).join(' / ');
  return <span>{code === null ? t('case.notInNet') : t('case.presentGrid', { code, name })}</span>;
}
