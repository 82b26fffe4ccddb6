import type { ActGate } from '#renderer/actions/act-gate.ts';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import { useConnection } from '#renderer/client/hooks.tsx';
import { DeskProvider } from '#renderer/state/desk-context.tsx';
import type { DeskStore } from '#renderer/state/desk-store.ts';
import { useHostState } from '#renderer/state/use-host-state.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Empty } from '#renderer/ui/empty.tsx';
import { DeskScreen } from './desk-screen.tsx';
import { useDeskData } from './use-desk-data.ts';
import styles from './desk.module.css';

/** The page: what is in the way first, then the desk. A lost connection leaves the desk on the screen, marked. */
export function App({ store, gate }: { readonly store: DeskStore; readonly gate: ActGate }) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const connection = useConnection();
  const hostState = useHostState();
  const { data, error, retry } = useDeskData(store, gate);

  if (connection.state === 'rejected' && connection.error !== null) {
    const { title, remedy } = errorWords(connection.error);
    return (
      <Full>
        <Empty title={`${t('app.rejected')}: ${title}`} hint={remedy}>
          <Button onPress={() => location.reload()}>{t('app.reload')}</Button>
        </Empty>
      </Full>
    );
  }
  if (data === null) {
    if (hostState?.state === 'failed') {
      return (
        <Full>
          <Empty title={t('strip.hostFailed', { message: hostState.message })} />
        </Full>
      );
    }
    if (error !== null) {
      const { title, remedy } = errorWords(error);
      return (
        <Full>
          <Empty title={`${t('app.failed')}: ${title}`} hint={remedy}>
            <Button onPress={retry}>{t('case.retry')}</Button>
          </Empty>
        </Full>
      );
    }
    return (
      <Full>
        <Empty title={connection.state === 'open' ? t('app.loading') : t('app.connecting')} />
      </Full>
    );
  }
  return (
    <DeskProvider desk={data.desk}>
      <DeskScreen drawnBy={data.drawnBy} />
    </DeskProvider>
  );
}

function Full({ children }: { readonly children: React.ReactNode }) {
  const { t } = useWords();
  return (
    <main className={styles.full}>
      <h1>{t('app.name')}</h1>
      {children}
    </main>
  );
}
