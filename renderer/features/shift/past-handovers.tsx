import { useEffect, useState } from 'react';
import type { HandoverRow } from '#contract/shift.ts';
import { useClient, useConnection } from '#renderer/client/hooks.tsx';
import { moment } from '#renderer/i18n/format.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { Button } from '#renderer/ui/button.tsx';
import styles from './shift.module.css';

const LISTED = 20;

/** Handovers of the past, newest first; one is shown in the place of the one under way. `last` is the number of the newest. */
export function PastHandovers({
  last,
  shown,
  onShow,
}: {
  readonly last: number;
  readonly shown: number | null;
  readonly onShow: (number: number | null) => void;
}) {
  const { t } = useWords();
  const client = useClient();
  const isOpen = useConnection().state === 'open';
  const [before, setBefore] = useState<number | null>(null);
  const [page, setPage] = useState<{ readonly rows: readonly HandoverRow[]; readonly next: number | null }>({
    rows: [],
    next: null,
  });
  useEffect(() => {
    if (!isOpen) return;
    let isLooking = true;
    void client.call('shift.list', { limit: LISTED, ...(before === null ? {} : { before }) }).then((outcome) => {
      if (!isLooking || !outcome.ok) return;
      const { handovers, next } = outcome.value;
      setPage(({ rows }) => ({ rows: before === null ? handovers : [...rows, ...handovers], next }));
    });
    return () => {
      isLooking = false;
    };
  }, [client, isOpen, before, last]);
  const now = client.hostNow();
  return (
    <section className={styles.history} aria-label={t('shift.history')}>
      <h3>{t('shift.history')}</h3>
      {page.rows.length === 0 ? <p className={styles.faint}>{t('shift.noHistory')}</p> : null}
      <ul>
        {page.rows.map(({ number, outgoing, incoming }) => (
          <li key={number}>
            <Button
              kind="quiet"
              size="small"
              isPressed={shown === number}
              onPress={() => onShow(shown === number ? null : number)}
            >
              {t('shift.historyRow', {
                ...{ number, time: moment(incoming.at, now) },
                ...{ from: outgoing.display, to: incoming.display },
              })}
            </Button>
          </li>
        ))}
      </ul>
      {page.next === null ? null : (
        <Button kind="quiet" size="small" onPress={() => setBefore(page.next)}>
          {t('shift.older')}
        </Button>
      )}
    </section>
  );
}
