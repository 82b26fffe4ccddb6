import { useEffect, useRef, useState } from 'react';
import { warningKinds, type WarningKind } from '#domain/warnings/early-warnings.ts';
import { useCommand } from '#renderer/actions/use-command.tsx';
import { clockTime, count, span } from '#renderer/i18n/format.ts';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import type { Warning } from '#renderer/state/alarms.ts';
import { useDesk, useIsPast } from '#renderer/state/desk-context.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { Pick } from '#renderer/ui/pick.tsx';
import type { AlarmView } from './use-alarms.ts';
import styles from './alarms.module.css';

const ALL = 'all';
const SHOWN = 200;
const PERCENT = 100;

/** Early warnings of the host as a list: by kind, with the figures that made each; one opens its case or its area. */
export function WarningList({ view, onClose }: { readonly view: AlarmView; readonly onClose: () => void }) {
  const { t, language } = useWords();
  const errorWords = useErrorWords();
  const { store, areas } = useDesk();
  const isPast = useIsPast();
  const [kind, setKind] = useState<WarningKind | typeof ALL>(ALL);
  const panel = useRef<HTMLElement>(null);
  useEffect(() => panel.current?.focus(), []);
  useCommand('back', () => {
    onClose();
    return true;
  });
  const { warnings, error } = view;
  const listed = (warnings?.warnings ?? []).filter((warning) => kind === ALL || warning.kind === kind);
  const counts = warnings?.counts;
  const total = counts === undefined ? 0 : warningKinds.reduce((sum, one) => sum + counts[one], 0);
  const wanted = kind === ALL ? total : (counts?.[kind] ?? 0);

  const open = ({ caseId, area }: Warning) => {
    if (caseId !== null) store.setState({ selectedId: caseId });
    else if (area !== null) store.setState(({ filter }) => ({ filter: { ...filter, area } }));
  };
  return (
    <section ref={panel} tabIndex={-1} className={styles.panel} aria-label={t('alarms.list')}>
      <div className={styles.head}>
        <Pick
          label={t('alarms.kind')}
          isLabelHidden
          size="small"
          items={[
            { id: ALL, name: t('alarms.all', { number: count(total) }) },
            ...warningKinds.map((id) => ({ id, name: `${t(`alarms.kinds.${id}`)} ${count(counts?.[id] ?? 0)}` })),
          ]}
          value={kind}
          onChange={setKind}
        />
        {warnings === null ? null : <span>{t('alarms.asOf', { time: clockTime(warnings.asOf) })}</span>}
        {warnings?.isPlaceholder === true ? <span>{t('alarms.placeholder')}</span> : null}
        <span className={styles.gap} />
        <Button size="small" onPress={onClose}>
          {t('alarms.close')}
        </Button>
      </div>
      {isPast ? <p className={styles.note}>{t('alarms.inPast')}</p> : null}
      {error === null ? null : <Notice kind="problem" title={errorWords(error).title} />}
      {warnings !== null && listed.length === 0 ? <p className={styles.note}>{t('alarms.none')}</p> : null}
      <ul className={styles.list}>
        {listed.slice(0, SHOWN).map((warning, index) => (
          <li key={index}>
            <Button size="small" kind="quiet" onPress={() => open(warning)}>
              {lineOf(warning)}
            </Button>
          </li>
        ))}
      </ul>
      {wanted > SHOWN ? <p className={styles.note}>{t('alarms.more', { number: count(wanted - SHOWN) })}</p> : null}
    </section>
  );

  function lineOf({ kind: of, caseId, area, className, value, against, because }: Warning): string {
    const place = caseId?.slice(-4) ?? areas.area(area ?? '')?.name ?? area ?? '';
    const head = `${t(`alarms.kinds.${of}`)} · ${place} · ${className}`;
    return `${head} · ${figure()}`;

    function figure(): string {
      switch (of) {
        case 'overdue':
          return t('alarms.over', { span: span(value, language) });
        case 'due_soon':
          return t('alarms.left', { span: span(value, language) });
        case 'ping_pong':
          return t('alarms.returns', { number: count(value) });
        case 'repeats':
          return t('alarms.reports', { number: count(value) });
        case 'week':
          if (because === 'growth') {
            return t('alarms.growth', { number: count(value), share: Math.round((value / against - 1) * PERCENT) });
          }
          if (because === 'due_soon') return t('alarms.nearDue', { number: count(value) });
          return t('alarms.reports', { number: count(value) });
      }
    }
  }
}
