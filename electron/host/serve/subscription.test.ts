import { expect, test } from 'vitest';
import { HostFrame, maxBatchItems, maxWaitingItems } from '#contract/wire.ts';
import { ManualStream } from '#tests/support/manual-stream.ts';
import { Subscription } from './subscription.ts';

test('a client that never draws: what waits never grows above its limit, whatever happens', () => {
  const stream = new ManualStream();
  const { subscription, frames, isLost } = subscribe(stream);
  let most = 0;
  for (let index = 0; index < 5_000; index += 1) {
    stream.change(`case-${index % 3_000}`);
    most = Math.max(most, subscription.waitingCount);
  }
  expect(most).toBe(maxWaitingItems);
  expect(subscription.waitingCount).toBe(0);
  expect(stream.listenerCount).toBe(0);
  expect(isLost()).toBe(true);
  expect(frames.map(({ type }) => type)).toEqual(['snapshot', 'lost']);
});

test('exactly the limit may wait; one entry that changes more is too much', () => {
  const stream = new ManualStream();
  const { subscription, frames } = subscribe(stream);
  stream.change(...ids(maxWaitingItems));
  expect(subscription.waitingCount).toBe(maxWaitingItems);
  subscription.acknowledge(1);
  expect(frames.at(-1)).toMatchObject({ type: 'delta', batch: 2, sequence: 1 });
  stream.change(...ids(maxWaitingItems + 1));
  expect(frames.at(-1)).toEqual({ type: 'lost', id: 's', resumeFrom: 0 });
});

test('lost in the middle of a snapshot: there is nothing to resume from but what was drawn before', () => {
  const stream = new ManualStream(10);
  stream.change(...ids(maxBatchItems + 1));
  const { subscription, frames } = subscribe(stream);
  subscription.acknowledge(1);
  stream.change(...ids(maxWaitingItems + 1, 'other'));
  expect(frames.at(-1)).toEqual({ type: 'lost', id: 's', resumeFrom: 0 });
});

test('lost in the middle of what was missed: only the whole of it moves the client on', () => {
  const stream = new ManualStream(10_000);
  stream.change('known');
  stream.change(...ids(maxBatchItems * 2));
  const { subscription, frames } = subscribe(stream, 1);
  expect(frames.at(-1)).toMatchObject({ type: 'delta', batch: 1, sequence: 1 });
  subscription.acknowledge(1);
  expect(frames.at(-1)).toMatchObject({ type: 'delta', batch: 2, sequence: 2 });
  stream.change(...ids(maxWaitingItems + 1, 'other'));
  expect(frames.at(-1)).toEqual({ type: 'lost', id: 's', resumeFrom: 1 });
});

test('after its end it sends nothing and counts nothing', () => {
  const stream = new ManualStream();
  const { subscription, frames } = subscribe(stream);
  subscription.end();
  subscription.acknowledge(1);
  stream.change('a');
  expect(frames).toHaveLength(1);
  expect(subscription.waitingCount).toBe(0);
});

function subscribe(stream: ManualStream, after?: number) {
  const frames: HostFrame[] = [];
  let isLost = false;
  const send = (text: string) => frames.push(HostFrame.parse(JSON.parse(text)));
  const subscription = new Subscription('s', stream, after, send, () => (isLost = true));
  return { subscription, frames, isLost: () => isLost };
}

function ids(count: number, name = 'case'): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${name}-${index}`);
}

test('items that a source merges wait as one, with what each of them said', () => {
  type Moved = { readonly key: string; readonly slots: readonly number[] };
  let hear: (items: readonly Moved[], sequence: number) => void = () => {};
  const source = {
    keyOf: ({ key }: Moved) => key,
    merge: (before: Moved, next: Moved) => ({ ...next, slots: [...before.slots, ...next.slots] }),
    snapshot: () => ({ items: [], sequence: 0 }),
    since: () => null,
    onItems: (listener: typeof hear) => {
      hear = listener;
      return () => {};
    },
  };
  const frames: HostFrame[] = [];
  const send = (text: string) => frames.push(HostFrame.parse(JSON.parse(text)));
  const subscription = new Subscription<Moved>('s', source, undefined, send, () => {});
  for (let slot = 0; slot < 3; slot += 1) hear([{ key: 'all', slots: [slot] }], slot + 1);
  expect(subscription.waitingCount).toBe(1);
  subscription.acknowledge(1);
  expect(frames.at(-1)).toMatchObject({ type: 'delta', sequence: 3, items: [{ key: 'all', slots: [0, 1, 2] }] });
});
