import { useEffect, useState } from 'react';
import type { WireError } from '#contract/errors.ts';
import type { Client } from '#renderer/client/client.ts';
import { useClient, useConnection } from '#renderer/client/hooks.tsx';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import { largestCanvas } from '#renderer/map/largest-canvas.ts';
import { Areas } from '#renderer/state/areas.ts';
import { Directory } from '#renderer/state/directory.ts';
import { LiveCases } from '#renderer/state/live-cases.ts';
import { DrawnBy } from '#renderer/state/watch-cases.ts';
import { fontSample } from './font-sample.ts';
import { HostClock } from './host-clock.ts';
import { MomentProvider, useWallSight, WallProvider, type WallRoom } from './wall-context.tsx';
import { WallFeed } from './wall-feed.ts';
import { followWall } from './follow-wall.ts';
import { WallScreen } from './wall-screen.tsx';
import styles from './wall.module.css';

/** The page: what is in the way first, then the display. Once it shows something, a lost host leaves it there, marked. */
export function App({ display }: { readonly display: string }) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const { state, error } = useConnection();
  const loading = useRoom(display);
  const problem = state === 'rejected' ? error : loading.error;
  if (loading.room === null || problem !== null) {
    const words = problem === null ? null : errorWords(problem);
    return (
      <main className={styles.full}>
        <p>{words?.title ?? t('wall.connecting')}</p>
        {words === null ? null : <p className={styles.quiet}>{words.remedy}</p>}
      </main>
    );
  }
  return (
    <WallProvider room={loading.room}>
      <OnceHeard />
    </WallProvider>
  );
}

/** Nothing is shown before the host has told its time and what this display shows: no level and no clock would be right. */
function OnceHeard() {
  const { t } = useWords();
  const { beatAt, display } = useWallSight();
  if (beatAt === null || display === null) return <main className={styles.full}>{t('wall.connecting')}</main>;
  return (
    <MomentProvider>
      <WallScreen />
    </MomentProvider>
  );
}

function useRoom(display: string): { readonly room: WallRoom | null; readonly error: WireError | null } {
  const client = useClient();
  const { state } = useConnection();
  const [room, setRoom] = useState<WallRoom | null>(null);
  const [error, setError] = useState<WireError | null>(null);
  useEffect(() => {
    if (state !== 'open' || room !== null) return;
    let isWanted = true;
    void load(client, display).then((loaded) => {
      if (!isWanted) return;
      if ('code' in loaded) setError(loaded);
      else setRoom(loaded);
    });
    return () => {
      isWanted = false;
    };
  }, [client, state, room, display]);
  useEffect(
    () => (room === null ? undefined : followWall({ client, room, display, failed: setError })),
    [client, room, display],
  );
  return { room, error };
}

async function load(client: Client, display: string): Promise<WallRoom | WireError> {
  const fonts = [400, 500, 700].map((weight) => document.fonts.load(`${weight} 14px "Noto Sans SC"`, fontSample));
  largestCanvas();
  const [district] = await Promise.all([client.call('district.get', {}), ...fonts]);
  if (!district.ok) return district.error;
  const areas = new Areas(district.value);
  const steady = () => performance.now();
  return {
    district: district.value,
    areas,
    live: new LiveCases(areas),
    directory: new Directory(client),
    drawnBy: new DrawnBy(),
    feed: new WallFeed(display, new HostClock(steady), steady),
  };
}
