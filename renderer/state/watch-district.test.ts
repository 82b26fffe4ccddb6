import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { Client } from '#renderer/client/client.ts';
import type { MachineState } from './time-machine.ts';
import { watchDistrict } from './watch-district.ts';

function watched() {
  const heard: ((items: readonly unknown[]) => void)[] = [];
  let stopped = 0;
  const client = {
    watch: (_name: string, _query: object, sink: { apply: (items: readonly unknown[]) => void }) => {
      heard.push(sink.apply);
      return () => (stopped += 1);
    },
  } as unknown as Pick<Client, 'watch'>;
  const store = createStore<MachineState>(() => ({ isOn: false }) as MachineState);
  let told = 0;
  const stop = watchDistrict({ client, shown: 'a', machine: { store }, changed: () => (told += 1) });
  const hear = (district: string) => heard.forEach((apply) => apply([{ district }]));
  return { hear, store, stop, told: () => told, stopped: () => stopped };
}

test('another district in force is told, once', () => {
  const { hear, told, stop, stopped } = watched();
  hear('a');
  expect(told()).toBe(0);
  hear('b');
  hear('b');
  expect(told()).toBe(1);
  stop();
  expect(stopped()).toBe(1);
});

test('whoever looks at the past is told when they come back', () => {
  const { hear, store, told } = watched();
  store.setState({ isOn: true });
  hear('b');
  expect(told()).toBe(0);
  store.setState({ isOn: false });
  expect(told()).toBe(1);
});
