import type { CaseChange } from '#contract/cases.ts';
import type { WireError } from '#contract/errors.ts';
import type { WallItem } from '#contract/wall.ts';
import { reloadAt } from '#domain/wall/wall-times.ts';
import type { Client } from '#renderer/client/client.ts';
import type { WallRoom } from './wall-context.tsx';

/** The host forgets a page that has not said for a minute that it is there. */
const HELLO_EVERY_MS = 20_000;

/**
 * Follows the cases and the wall for as long as the page lives, says every 20 seconds that it is there, and reloads it when the
 * district changed or the quietest hour has come (W12). @returns how to end it
 */
export function followWall({
  client,
  room,
  display,
  failed,
}: {
  readonly client: Client;
  readonly room: WallRoom;
  readonly display: string;
  readonly failed: (error: WireError) => void;
}): () => void {
  const { live, drawnBy, feed, district } = room;
  const startedAt = client.hostNow();
  const reload = () => location.reload();
  const stopCases = client.watch(
    'wall.cases',
    {},
    {
      reset: () => {
        live.reset();
        void drawnBy.draw({ isReset: true, upserts: [], removed: [] });
      },
      apply: async (items, about) => {
        const drawn = drawnBy.draw(live.apply(items as readonly CaseChange[], about));
        if (about.isComplete) await drawn;
      },
      failed,
    },
  );
  const stopWall = client.watch(
    'wall.watch',
    {},
    {
      reset: () => {},
      apply: (items) => {
        feed.apply(items as readonly WallItem[]);
        const { beatAt, display: own } = feed.sight;
        if (beatAt !== null && own !== null && beatAt >= reloadAt(startedAt, own.place)) reload();
      },
      failed,
    },
  );
  const stopHealth = client.watch(
    'health.watch',
    {},
    {
      reset: () => {},
      apply: (items) => {
        const inForce = items.at(-1)?.district;
        if (inForce !== undefined && inForce !== district.id) reload();
      },
      failed: () => {},
    },
  );
  const hello = () => {
    if (client.connection().state !== 'open') return;
    const pixels = (length: number) => Math.round(length * devicePixelRatio);
    void client.call('wall.hello', { display, width: pixels(innerWidth), height: pixels(innerHeight) });
  };
  hello();
  const timer = setInterval(hello, HELLO_EVERY_MS);
  const stopConnection = client.onConnection(({ state }) => {
    if (state === 'open') hello();
  });
  addEventListener('resize', hello);
  return () => {
    removeEventListener('resize', hello);
    clearInterval(timer);
    for (const stop of [stopCases, stopWall, stopHealth, stopConnection]) stop();
  };
}
