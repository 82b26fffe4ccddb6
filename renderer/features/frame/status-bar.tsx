import type { Health } from '#contract/health.ts';
import { useConnection } from '#renderer/client/hooks.tsx';
import { clockTime, count } from '#renderer/i18n/format.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { useDesk } from '#renderer/state/desk-context.tsx';
import { keyOf } from '#renderer/actions/commands.ts';
import { Button } from '#renderer/ui/button.tsx';
import styles from './frame.module.css';

/** When the data was true, how the host and the search are, where the journal stands. */
export function StatusBar({ health, onBackup }: { readonly health: Health | null; readonly onBackup: () => void }) {
  const { t } = useWords();
  const { district } = useDesk();
  const { state } = useConnection();
  return (
    <footer className={styles.status}>
      <Fact name={t('status.dataTime')} value={health === null ? '—' : clockTime(health.hostTime)} />
      <Fact name={t('status.host')} value={t(`status.${state === 'open' ? 'connected' : state}`)} />
      <Fact name={t('status.search')} value={searchText()} />
      <Fact name={t('status.open')} value={health === null ? '—' : count(health.cases.open)} />
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
            : `${count(health.journal.sequence)}${health.journal.isReadOnly ? ` · ${t('status.readOnly')}` : ''}`
        }
      />
      <Button kind="quiet" size="small" shortcut={keyOf('backup')} onPress={onBackup}>
        {t('backup.open')}
      </Button>
      <Fact name={t('app.name')} value={health?.version ?? ''} />
    </footer>
  );

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
