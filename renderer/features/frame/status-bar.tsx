import type { Health } from '#contract/health.ts';
import { useConnection } from '#renderer/client/hooks.tsx';
import { clockTime, count, fullTime } from '#renderer/i18n/format.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { useDesk, useIsPast, useMachine } from '#renderer/state/desk-context.tsx';
import { useLiveVersion } from '#renderer/state/use-live.ts';
import { keyOf } from '#renderer/actions/commands.ts';
import { Button } from '#renderer/ui/button.tsx';
import styles from './frame.module.css';

/** When the data was true, how the host and the search are, where the journal stands. */
export function StatusBar({
  health,
  onBackup,
  onWall,
  onPast,
}: {
  readonly health: Health | null;
  readonly onBackup: () => void;
  readonly onWall: () => void;
  readonly onPast: () => void;
}) {
  const { t } = useWords();
  const { district, live } = useDesk();
  const isPast = useIsPast();
  const shown = useMachine((state) => state.shown);
  useLiveVersion(1_000);
  const { state } = useConnection();
  return (
    <footer className={styles.status}>
      <Fact name={t('status.dataTime')} value={dataTime()} />
      <Fact name={t('status.host')} value={t(`status.${state === 'open' ? 'connected' : state}`)} />
      <Fact name={t('status.search')} value={searchText()} />
      <Fact name={t('status.open')} value={openText()} />
      <span className={styles.gap} />
      <Fact
        name={t('status.district')}
        value={district.isSchematic ? `${district.name} · ${t('map.schematic')}` : district.name}
      />
      <Fact
        name={t('status.journal')}
        value={
          health === null
            ? '—'
            : `${count(shown?.sequence ?? health.journal.sequence)}${health.journal.isReadOnly ? ` · ${t('status.readOnly')}` : ''}`
        }
      />
      <Button kind="quiet" size="small" shortcut={keyOf('past')} isPressed={isPast} onPress={onPast}>
        {t('past.title')}
      </Button>
      <Button kind="quiet" size="small" shortcut={keyOf('backup')} isDisabled={isPast} onPress={onBackup}>
        {t('backup.open')}
      </Button>
      <Button kind="quiet" size="small" shortcut={keyOf('wall')} isDisabled={isPast} onPress={onWall}>
        {t('wallDesk.title')}
      </Button>
      <Fact name={t('app.name')} value={health?.version ?? ''} />
    </footer>
  );

  function dataTime(): string {
    if (isPast) return shown === null ? '—' : fullTime(shown.asOf);
    return health === null ? '—' : clockTime(health.hostTime);
  }

  function openText(): string {
    if (isPast) return shown === null ? '—' : count(live.sizeOf(null));
    return health === null ? '—' : count(health.cases.open);
  }

  function searchText(): string {
    if (health === null) return '—';
    const { projection } = health;
    if (projection.state === 'rebuilding') return t('status.rebuilding', { behind: count(projection.behind) });
    if (projection.state === 'down') return t('status.down');
    return t('status.entries', { count: projection.behind });
  }
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <span>
      {name} <b>{value}</b>
    </span>
  );
}
