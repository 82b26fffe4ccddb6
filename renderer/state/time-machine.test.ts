import { expect, test } from 'vitest';
import type { InputOf, MethodName } from '#contract/api.ts';
import type { BoardStep } from '#contract/board.ts';
import type { WireError } from '#contract/errors.ts';
import { packCases } from '#contract/packed-cases.ts';
import { HOUR_MS, SECOND_MS } from '#domain/base/instant.ts';
import { ok, refused, type Result } from '#domain/base/result.ts';
import { ActGate } from '#renderer/actions/act-gate.ts';
import { someAreas } from '#tests/builders/areas.ts';
import { morning } from '#tests/builders/cases.ts';
import { CaseStage } from './case-stage.ts';
import { LiveCases } from './live-cases.ts';
import { TimeMachine, type MachineParts } from './time-machine.ts';
import { DrawnBy } from './watch-cases.ts';

const range = { first: morning - HOUR_MS, last: morning, sequence: 9, from: morning - HOUR_MS, barMs: 60_000 };

/** A machine whose host answers when it is told to, and whose time passes when it is told to. */
function aMachine({ isCalm = false } = {}) {
  const asked: InputOf<'board.step'>[] = [];
  const learning: { readonly input: unknown; readonly settle: (outcome: Result<unknown, WireError>) => void }[] = [];
  const waiting: ((outcome: Result<unknown, WireError>) => void)[] = [];
  const timers = new Map<() => void, number>();
  let elapsed = 0;
  const client = {
    call: (name: MethodName, input: unknown) => {
      if (name === 'board.range')
        return Promise.resolve(ok({ ...range, entries: Array.from({ length: 60 }, () => 1) }));
      if (name === 'board.learn') return new Promise((settle) => learning.push({ input, settle }));
      asked.push(input as InputOf<'board.step'>);
      return new Promise((resolve) => waiting.push(resolve));
    },
    hostNow: () => morning,
  } as unknown as MachineParts['client'];
  const gate = new ActGate();
  const live = new LiveCases(someAreas());
  const stage = new CaseStage(live, new DrawnBy(), () => morning);
  const machine = new TimeMachine({
    ...{ client, stage, gate, isCalm: () => isCalm, elapsed: () => elapsed },
    after: (delayMs, task) => {
      timers.set(task, elapsed + delayMs);
      return () => void timers.delete(task);
    },
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return {
    ...{ machine, gate, stage, asked, timers, settle, learning },
    /** Answers that so many entries of 100 are known. */
    async learn(known: number) {
      learning.at(-1)?.settle(ok({ known, of: 100 }));
      await settle();
    },
    state: () => machine.store.getState(),
    /** Answers what was asked first of all that waits. */
    async answer(change: Partial<BoardStep> | WireError = {}) {
      const { time, sequence = 5, from = null, knowledge = 'then' } = asked.at(-waiting.length) ?? {};
      const step = {
        ...{ picture: `at ${asked.length}`, from, knowledge, sequence, recordedAt: morning, knownUntil: 9, open: 0 },
        ...{ asOf: Number(time ?? morning - 5_000), upserts: packCases([]), removed: [] },
        ...change,
      };
      waiting.shift()?.('code' in change ? refused(change as WireError) : ok(step));
      await settle();
    },
    async pass(ms: number) {
      elapsed += ms;
      for (const [task, due] of timers) {
        if (due > elapsed) continue;
        timers.delete(task);
        task();
      }
      await settle();
    },
  };
}

test('from entering to leaving nothing can be done, whatever is under way', async () => {
  const at = aMachine();
  at.machine.enter();
  expect([at.gate.isShut, at.state().isOn]).toEqual([true, true]);
  await at.answer();
  at.machine.goTo(morning - SECOND_MS);
  at.machine.leave();
  expect([at.gate.isShut, at.state().isOn, at.stage.now()]).toEqual([false, false, morning]);
  await at.answer({ asOf: morning - SECOND_MS });
  expect([at.stage.now(), at.state().shown], 'a late answer shows nothing').toEqual([morning, null]);
  at.machine.goTo(morning - SECOND_MS);
  at.machine.play();
  expect(at.state().isPlaying).toBe(false);
});

test('one picture at a time; of what was wanted meanwhile the last counts, and goes on from the one that stands', async () => {
  const at = aMachine();
  at.machine.enter();
  for (const ago of [5, 4, 3]) at.machine.goTo(morning - ago * SECOND_MS);
  expect(at.asked).toHaveLength(1);
  await at.answer();
  expect(at.asked).toHaveLength(2);
  expect(at.asked[1]).toMatchObject({ time: morning - 3 * SECOND_MS, from: 'at 1', knowledge: 'then' });
  await at.answer();
  expect(at.state()).toMatchObject({ isLoading: false, shown: { asOf: morning - 3 * SECOND_MS } });
  at.machine.setKnowledge('now');
  await at.learn(100);
  expect(at.asked[2]).toMatchObject({ time: morning - 3 * SECOND_MS, from: 'at 2', knowledge: 'now' });
});

test('what is known now is read in pieces, tells how far it is, and is left as soon as something else is wanted', async () => {
  const at = aMachine();
  at.machine.enter();
  await at.answer();
  at.machine.goTo(morning - 9 * SECOND_MS);
  await at.answer();
  at.machine.setKnowledge('now');
  await at.learn(40);
  expect([at.state().learnt, at.learning.length, at.asked.length]).toEqual([{ known: 40, of: 100 }, 2, 2]);
  at.machine.setKnowledge('then');
  expect(at.state().learnt).toBeNull();
  await at.learn(70);
  expect([at.learning.length, at.asked[2]?.knowledge], 'no more is read').toEqual([2, 'then']);
  expect(at.state().learnt).toBeNull();
  await at.answer();

  at.machine.setKnowledge('now');
  await at.learn(100);
  await at.answer();
  expect(at.state().shown).toMatchObject({ knowledge: 'now', asOf: morning - 9 * SECOND_MS });
  at.machine.goTo(morning - 4 * SECOND_MS);
  await at.settle();
  expect(at.asked.at(-1), 'later moments need no reading').toMatchObject({ time: morning - 4 * SECOND_MS });
  expect(at.learning).toHaveLength(3);
  await at.answer();
  at.machine.goTo(morning - 20 * SECOND_MS);
  await at.settle();
  expect(at.learning.at(-1)?.input).toEqual({ time: morning - 20 * SECOND_MS });
  at.machine.leave();
  await at.learn(30);
  expect([at.learning.length, at.state().learnt, at.asked.length], 'nor after it was left').toEqual([4, null, 5]);
});

test('moments before the first entry and to come are held within the journal', async () => {
  const at = aMachine();
  at.machine.enter();
  await at.answer();
  at.machine.goTo(0);
  expect(at.state().wantedAt).toBe(range.first);
  at.machine.goTo(morning + HOUR_MS);
  expect(at.state().wantedAt).toBe(morning);
});

test('a step goes to the entry before or behind, and the hand follows', async () => {
  const at = aMachine();
  at.machine.enter();
  await at.answer();
  at.machine.stepBy(-1);
  expect(at.asked[1]).toMatchObject({ sequence: 4 });
  await at.answer({ sequence: 4, asOf: morning - 7_000 });
  expect(at.state()).toMatchObject({ wantedAt: morning - 7_000, shown: { sequence: 4 } });
});

test('it plays at its speed, no faster than pictures come, and stops at now', async () => {
  const at = aMachine();
  at.machine.enter();
  await at.answer();
  at.machine.goTo(morning - 20 * SECOND_MS);
  await at.answer();
  at.machine.setSpeed(60);
  at.machine.play();
  await at.pass(100);
  expect(at.state().wantedAt).toBe(morning - 14 * SECOND_MS);
  await at.pass(100);
  expect(at.asked, 'the picture before is still under way').toHaveLength(3);
  await at.answer();
  expect(at.asked[3]).toMatchObject({ time: morning - 8 * SECOND_MS });
  await at.pass(1_000);
  expect([at.state().wantedAt, at.state().isPlaying, at.timers.size]).toEqual([morning, false, 0]);
});

test('who wants little motion sees one picture a second', async () => {
  const at = aMachine({ isCalm: true });
  at.machine.enter();
  await at.answer();
  at.machine.goTo(morning - HOUR_MS / 2);
  await at.answer();
  at.machine.play();
  await at.pass(900);
  expect(at.asked).toHaveLength(2);
  await at.pass(100);
  expect(at.asked).toHaveLength(3);
});

test('what cannot be had leaves the picture, says why, stops playing, and can be asked again', async () => {
  const at = aMachine();
  at.machine.enter();
  await at.answer();
  at.machine.goTo(morning - 9 * SECOND_MS);
  await at.answer();
  at.machine.play();
  await at.pass(100);
  await at.answer({ code: 'unavailable', detail: { part: 'journal' } });
  expect(at.state()).toMatchObject({
    ...{ isPlaying: false, isLoading: false, error: { code: 'unavailable' } },
    shown: { asOf: morning - 9 * SECOND_MS },
  });
  at.machine.retry();
  await at.answer();
  expect(at.state().error).toBeNull();
  expect(at.gate.isShut).toBe(true);
});
