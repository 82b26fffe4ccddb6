import type { ReactNode } from 'react';
import type { Health } from '#contract/health.ts';
import { useClient, useConnection } from '#renderer/client/hooks.tsx';
import { clockTime } from '#renderer/i18n/format.ts';
import { useFactWords, useWords } from '#renderer/i18n/use-words.ts';
import { useIsPast } from '#renderer/state/desk-context.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Arrivals } from './arrivals.tsx';
import { useHostState } from '#renderer/state/use-host-state.ts';
import styles from './frame.module.css';

const weight = { error: 0, warning: 1, info: 2 } as const;

/** Always there, so that nothing jumps: the alarm to acknowledge, else what is wrong with the system; the simulator's mark, and the last hour. */
export function Strip({
  health,
  alarms,
}: {
  readonly health: Health | null;
  /** The alarm line with its meter; what it is given stands there while nothing is to be acknowledged. */
  readonly alarms: (quiet: ReactNode) => ReactNode;
}) {
  const { t } = useWords();
  const factWords = useFactWords();
  const connection = useConnection();
  const hostState = useHostState();
  const facts = (health?.facts ?? [])
    .filter(({ code }) => !hasOwnBanner(code))
    .sort((a, b) => weight[a.severity] - weight[b.severity]);
  const [first] = facts;
  const lost = connectionText();
  return (
    <section
      className={styles.strip}
      aria-label={t('strip.region')}
      data-alarming={connection.state === 'lost' || first?.severity === 'error'}
    >
      {lost === null ? (
        alarms(
          <span className={styles.stripWords} role="status">
            {first === undefined ? t('strip.quiet') : factWords(first)}
            {facts.length > 1 ? (
              <span className={styles.stripMore}>{t('strip.more', { count: facts.length - 1 })}</span>
            ) : null}
          </span>,
        )
      ) : (
        <span className={styles.stripWords} role="status">
          {lost}
        </span>
      )}
      <Demo health={health} />
      <Arrivals />
    </section>
  );

  function connectionText(): string | null {
    if (hostState?.state === 'failed') return t('strip.hostFailed', { message: hostState.message });
    if (hostState?.state === 'restarting') return t('strip.hostDown');
    if (connection.state !== 'lost') return null;
    return t('strip.lost', { time: clockTime(connection.lastContactAt) });
  }
}

function Demo({ health }: { readonly health: Health | null }) {
  const { t } = useWords();
  const client = useClient();
  const isPast = useIsPast();
  if (health === null || health.simulation.state === 'off') return null;
  const isRunning = health.simulation.state === 'running';
  return (
    <span className={styles.demo}>
      <span className={styles.demoTag} title={t('strip.demoAbout')}>
        {t('strip.demo')} {t('strip.speed', { speed: health.simulation.speed })}
      </span>
      <Button
        size="small"
        kind="quiet"
        isDisabled={isPast}
        onPress={() => void client.call('simulation.set', { isRunning: !isRunning })}
      >
        {isRunning ? t('strip.pause') : t('strip.resume')}
      </Button>
    </span>
  );
}

/** Faults of rule tables and missing years stand in a banner that opens the tables. */
function hasOwnBanner(code: string): boolean {
  return code === 'table_faulty' || code.startsWith('calendar_');
}
