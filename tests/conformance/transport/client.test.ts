import { describe, expect, onTestFinished, test } from 'vitest';
import type { CaseChange } from '#contract/cases.ts';
import type { Transport } from '#contract/wire.ts';
import type { Client } from '#renderer/client/client.ts';
import { createClient } from '#renderer/client/create-client.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { morning } from '#tests/builders/cases.ts';
import { deskToken, idsOf, serveOver, type Served } from './served.ts';
import { transportKinds } from './transport-kinds.ts';

for (const kind of transportKinds) {
  describe(`client over ${kind.name}`, () => {
    test('calls, and hears a refusal by its code', async () => {
      const { client } = await clientOf(await serveOver(kind));
      expect(await client.call('grid.locate', { lon: 116.65, lat: 40.13 })).toMatchObject({
        ok: true,
        value: { gridCode: '9111' },
      });
      expect(await client.call('case.get', { id: '7' })).toMatchObject({ ok: false, error: { code: 'not_found' } });
    });

    test('a call is cancelled by its signal', async () => {
      const served = await serveOver(kind);
      const { client } = await clientOf(served);
      const controller = new AbortController();
      const answer = client.call('import.run', { path: '/a.csv' }, { signal: controller.signal });
      controller.abort();
      expect(await answer).toMatchObject({ ok: false, error: { code: 'cancelled' } });
      expect(await client.call('grid.locate', { lon: 1, lat: 1 }, { signal: controller.signal })).toMatchObject({
        ok: false,
        error: { code: 'cancelled' },
      });
    });

    test('after a lost connection a stream goes on from what was drawn', async () => {
      const served = await serveOver(kind);
      served.stream.change('a', 'b');
      const { client, clock, cut } = await clientOf(served);
      const screen = watchCases(client);
      await screen.until((state) => state.ids.length === 2);
      served.stream.change('c');
      await screen.until((state) => state.ids.length === 3);

      await cut();
      expect(await client.call('grid.locate', { lon: 1, lat: 1 })).toMatchObject({
        ok: false,
        error: { code: 'unavailable', detail: { part: 'connection' } },
      });
      served.stream.change('d');
      clock.advance(200);
      await screen.until((state) => state.ids.length === 4);
      expect(screen.state()).toEqual({ ids: ['a', 'b', 'c', 'd'], resets: 1, sequence: 3 });
      served.stream.remove('a');
      await screen.until((state) => state.sequence === 4);
      expect(screen.state().ids).toEqual(['b', 'c', 'd']);
    });

    test('another journal after the loss: everything held is void, a new snapshot comes', async () => {
      const served = await serveOver(kind);
      served.stream.change('a', 'b');
      const { client, clock, cut } = await clientOf(served);
      const screen = watchCases(client);
      await screen.until((state) => state.ids.length === 2);
      await cut();
      served.journalId = 'journal-2';
      served.stream.change('c');
      clock.advance(200);
      await screen.until((state) => state.resets === 2);
      expect(screen.state()).toEqual({ ids: ['a', 'b', 'c'], resets: 2, sequence: 2 });
    });

    test('a screen too slow for its stream is brought up to date, and misses nothing', async () => {
      const served = await serveOver(kind);
      const { client } = await clientOf(served);
      const gate = new Gate();
      const screen = watchCases(client, () => gate.passed);
      await screen.until((state) => state.resets === 1);
      for (let index = 0; index < 3_000; index += 1) served.stream.change(`case-${index % 2_500}`);
      gate.open();
      await screen.until((state) => state.sequence === 3_000);
      expect(new Set(screen.state().ids).size).toBe(2_500);
    });
  });
}

interface Opened {
  readonly client: Client;
  readonly clock: ManualClock;
  /** Ends the connection as a broken line does, and waits until both ends know. */
  cut(): Promise<void>;
}

async function clientOf(served: Served): Promise<Opened> {
  const clock = new ManualClock(morning);
  const opened: Transport[] = [];
  const connect = async () => {
    const transport = await served.connect();
    opened.push(transport);
    return transport;
  };
  const client = createClient({
    ...{ connect, token: deskToken, now: () => clock.now(), random: () => 0 },
    after: (delayMs, task) => clock.after(delayMs, task),
  });
  onTestFinished(() => client.close());
  await stateOf(client, 'open');
  const cut = async () => {
    const lost = stateOf(client, 'lost');
    opened.at(-1)?.close('cut');
    await Promise.all([lost, served.endOf(opened.length - 1)]);
  };
  return { client, clock, cut };
}

function stateOf(client: Client, wanted: string): Promise<void> {
  return new Promise((resolve) => {
    const stop = client.onConnection(({ state }) => {
      if (state !== wanted) return;
      stop();
      resolve();
    });
  });
}

interface ScreenState {
  readonly ids: readonly string[];
  readonly resets: number;
  readonly sequence: number;
}

/** What a list would show of `cases.watch`. */
function watchCases(client: Client, drawn: () => Promise<void> = () => Promise.resolve()) {
  const rows = new Map<string, CaseChange>();
  let [resets, sequence] = [0, -1];
  const waiting = new Set<() => void>();
  const state = (): ScreenState => ({ ids: [...rows.keys()], resets, sequence });
  client.watch(
    'cases.watch',
    {},
    {
      reset: () => {
        rows.clear();
        resets += 1;
      },
      apply: (items, about) => {
        for (const id of idsOf(items)) {
          if (id.startsWith('-')) rows.delete(id.slice(1));
          else rows.set(id, { kind: 'remove', id });
        }
        if (about.isComplete) ({ sequence } = about);
        for (const check of waiting) check();
        return drawn();
      },
      failed: (error) => {
        throw new Error(error.code);
      },
    },
  );
  const until = (fits: (state: ScreenState) => boolean): Promise<void> =>
    new Promise((resolve) => {
      const check = () => {
        if (!fits(state())) return;
        waiting.delete(check);
        resolve();
      };
      waiting.add(check);
      check();
    });
  return { state, until };
}

/** Stays shut until it is opened, then lets everything through. */
class Gate {
  open: () => void = () => {};
  readonly passed = new Promise<void>((resolve) => (this.open = resolve));
}
