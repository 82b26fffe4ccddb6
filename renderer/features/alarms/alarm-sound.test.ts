import { expect, test } from 'vitest';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { AlarmSound, MUTE_MS, REPEAT_MS } from './alarm-sound.ts';

/** A context that notes the tones it is asked for; `beeps` are their frequencies. */
function aContext(state: AudioContextState) {
  const beeps: number[] = [];
  const node = { connect: () => node };
  const context = {
    ...{ state, currentTime: 0, destination: {} },
    resume: () => Promise.resolve(void (context.state = 'running')),
    close: () => Promise.resolve(),
    createGain: () => ({ ...node, gain: { setValueAtTime: () => {}, linearRampToValueAtTime: () => {} } }),
    createOscillator: () => ({
      ...node,
      frequency: {
        set value(hertz: number) {
          beeps.push(hertz);
        },
      },
      start: () => {},
      stop: () => {},
    }),
  };
  return { beeps, context };
}

function aSound(state: AudioContextState = 'running') {
  const clock = new ManualClock(0);
  const { beeps, context } = aContext(state);
  const sound = new AlarmSound({
    context: context as unknown as AudioContext,
    now: () => clock.now(),
    after: (ms, task) => clock.after(ms, task),
  });
  const heard = () => beeps.splice(0).length;
  return { clock, sound, beeps, heard };
}

test('rings at once with so many beeps as its priority has, again every 30 seconds, until nothing waits', () => {
  const { sound, clock, heard } = aSound();
  sound.setWaiting(new Map([[1, 3]]));
  expect(heard()).toBe(1);
  sound.setWaiting(
    new Map([
      [1, 3],
      [2, 1],
    ]),
  );
  expect(heard()).toBe(3);
  clock.advance(REPEAT_MS);
  expect(heard()).toBe(3);
  sound.setWaiting(new Map([[1, 3]]));
  expect(heard()).toBe(0);
  clock.advance(REPEAT_MS);
  expect(heard()).toBe(1);
  sound.setWaiting(new Map());
  clock.advance(10 * REPEAT_MS);
  expect(heard()).toBe(0);
});

test('three tones at most, told apart by height', () => {
  const { sound, beeps } = aSound();
  sound.test();
  expect(new Set(beeps).size).toBe(3);
  expect(beeps).toHaveLength(6);
});

test('mute ends by itself after two minutes, and what waits is heard then', () => {
  const { sound, clock, heard } = aSound();
  sound.mute();
  sound.setWaiting(new Map([[1, 2]]));
  clock.advance(MUTE_MS - 1);
  expect([heard(), sound.status.mutedUntil, sound.status.missed]).toEqual([0, MUTE_MS, 0]);
  clock.advance(1);
  expect([heard(), sound.status.mutedUntil]).toEqual([2, null]);
});

test('what the browser does not let sound is counted, and heard after the first key', async () => {
  const { sound, clock, heard } = aSound('suspended');
  sound.setWaiting(new Map([[1, 1]]));
  clock.advance(REPEAT_MS);
  expect([heard(), sound.status]).toEqual([0, { state: 'waiting', mutedUntil: null, missed: 2 }]);
  await sound.allow();
  expect([heard(), sound.status.state]).toEqual([3, 'ready']);
  await sound.allow();
  expect(heard()).toBe(0);
});
