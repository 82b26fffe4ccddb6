import { describe, expect, test } from 'vitest';
import { maxBatchItems, maxFrameLength, maxWaitingItems, protocolVersion } from '#contract/wire.ts';
import { greet, type Frames } from '#tests/support/frames.ts';
import { deskToken, idsOf, serveOver } from './served.ts';
import { transportKinds } from './transport-kinds.ts';

const place = { lon: 116.65, lat: 40.13 };

for (const kind of transportKinds) {
  describe(`wire over ${kind.name}: hello`, () => {
    test('is answered with who one is, the host’s time, its journal and how far it is', async () => {
      const served = await serveOver(kind);
      served.stream.change('a');
      const frames = await served.frames();
      expect(await greet(frames, deskToken)).toEqual({
        type: 'welcome',
        protocol: protocolVersion,
        principal: { kind: 'operator', id: 'desk-1' },
        hostTime: served.clock.now(),
        sequence: 1,
        journalId: 'journal-1',
        version: 'test',
      });
    });

    test.each([
      ['another protocol', { type: 'hello', protocol: protocolVersion + 1, token: deskToken }, 'protocol_mismatch'],
      ['a wrong token', { type: 'hello', protocol: protocolVersion, token: 'guessed' }, 'bad_token'],
      ['no token', { type: 'hello', protocol: protocolVersion }, 'bad_token'],
      ['a call before hello', { type: 'call', id: '1', method: 'grid.locate', input: place }, 'bad_token'],
      ['a frame of no known type', { type: 'shout' }, 'bad_input'],
    ])('%s is rejected with a code, and the connection ends', async (_, frame, code) => {
      const served = await serveOver(kind);
      const frames = await served.frames();
      frames.sendText(JSON.stringify(frame));
      expect(await frames.next()).toMatchObject({ type: 'rejected', error: { code } });
      await frames.closed;
    });

    test.each([
      ['text that is no JSON', '{"type":'],
      ['an empty text', ''],
      ['brackets without end', `${'['.repeat(500_000)}`],
      ['deep brackets', `${'['.repeat(400_000)}${']'.repeat(400_000)}`],
      ['a second hello', JSON.stringify({ type: 'hello', protocol: protocolVersion, token: deskToken })],
      ['a frame that is too long', `"${'x'.repeat(maxFrameLength)}"`],
    ])('%s is rejected, and the host goes on', async (_, text) => {
      const served = await serveOver(kind);
      const frames = await served.desk();
      frames.sendText(text);
      expect(await frames.next()).toMatchObject({ type: 'rejected', error: { code: 'bad_input' } });
      await frames.closed;
      expect((await locate(await served.desk())).type).toBe('result');
    });

    test('a call whose input is nested without end is refused by its own schema', async () => {
      const served = await serveOver(kind);
      const frames = await served.desk();
      frames.sendText(
        `{"type":"call","id":"1","method":"grid.locate","input":${'['.repeat(400_000)}${']'.repeat(400_000)}}`,
      );
      expect(await frames.next()).toMatchObject({ type: 'failure', id: '1', error: { code: 'bad_input' } });
    });
  });

  describe(`wire over ${kind.name}: calls`, () => {
    test('answer by id, with a value or a code', async () => {
      const served = await serveOver(kind);
      const frames = await served.desk();
      frames.send({ type: 'call', id: 'a', method: 'grid.locate', input: place });
      frames.send({ type: 'call', id: 'b', method: 'case.get', input: { id: '7' } });
      frames.send({ type: 'call', id: 'c', method: 'grid.explode', input: {} });
      frames.send({ type: 'call', id: 'd', method: 'cases.watch', input: {} });
      frames.send({ type: 'call', id: 'e', method: 'grid.locate', input: { lon: 'east', lat: 1 } });
      const answers = [await frames.next(), await frames.next(), await frames.next(), await frames.next()];
      answers.push(await frames.next());
      expect(answers.sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1))).toMatchObject([
        { type: 'failure', id: 'b', error: { code: 'not_found', detail: { caseId: '7' } } },
        { type: 'failure', id: 'c', error: { code: 'unknown_method', detail: { method: 'grid.explode' } } },
        { type: 'failure', id: 'd', error: { code: 'unknown_method', detail: { method: 'cases.watch' } } },
        { type: 'failure', id: 'e', error: { code: 'bad_input', detail: { field: 'lon' } } },
        { type: 'result', id: 'a', ok: true, value: { gridCode: '9111' } },
      ]);
    });

    test('a fault of the host’s own is `internal` and tells nothing more', async () => {
      const served = await serveOver(kind);
      const frames = await served.desk();
      frames.send({ type: 'call', id: '1', method: 'grid.summary', input: {} });
      expect(await frames.next()).toEqual({ type: 'failure', id: '1', error: { code: 'internal', detail: {} } });
    });

    test('a cancelled call is answered as cancelled; others go on', async () => {
      const served = await serveOver(kind);
      const frames = await served.desk();
      frames.send({ type: 'call', id: 'slow', method: 'import.run', input: { path: '/a.csv' } });
      frames.send({ type: 'cancel', id: 'slow' });
      frames.send({ type: 'cancel', id: 'never asked' });
      expect(await frames.next()).toEqual({ type: 'failure', id: 'slow', error: { code: 'cancelled', detail: {} } });
      expect((await locate(frames)).type).toBe('result');
    });

    test('an id in use is refused; more than 256 calls under way are `busy`', async () => {
      const served = await serveOver(kind);
      const frames = await served.desk();
      for (let index = 0; index < 256; index += 1) {
        frames.send({ type: 'call', id: `slow-${index}`, method: 'import.run', input: { path: '/a.csv' } });
      }
      frames.send({ type: 'call', id: 'slow-0', method: 'import.run', input: { path: '/a.csv' } });
      expect(await frames.next()).toMatchObject({ type: 'failure', id: 'slow-0', error: { code: 'bad_input' } });
      frames.send({ type: 'call', id: 'one more', method: 'grid.locate', input: place });
      expect(await frames.next()).toMatchObject({ type: 'failure', id: 'one more', error: { code: 'busy' } });
      expect(served.importsUnderWay()).toBe(256);
    });

    test('calls of a client that goes away are cancelled, and its streams end', async () => {
      const served = await serveOver(kind);
      const frames = await served.desk();
      await watch(frames, 'w');
      frames.send({ type: 'call', id: 'slow', method: 'import.run', input: { path: '/a.csv' } });
      await locate(frames);
      expect({ calls: served.importsUnderWay(), streams: served.stream.listenerCount }).toEqual({
        calls: 1,
        streams: 1,
      });
      frames.close();
      await served.endOf(0);
      expect({ calls: served.importsUnderWay(), streams: served.stream.listenerCount }).toEqual({
        calls: 0,
        streams: 0,
      });
    });

    test('ping is answered with the host’s time and sequence', async () => {
      const served = await serveOver(kind);
      const frames = await served.desk();
      served.clock.advance(1_234);
      served.stream.change('a');
      frames.send({ type: 'ping' });
      expect(await frames.next()).toEqual({ type: 'pong', hostTime: served.clock.now(), sequence: 1 });
    });
  });

  describe(`wire over ${kind.name}: streams`, () => {
    test('a snapshot in parts, each after the last was acknowledged, then what changed meanwhile', async () => {
      const served = await serveOver(kind);
      const ids = Array.from({ length: maxBatchItems * 2 + 5 }, (_, index) => `case-${index}`);
      served.stream.change(...ids);
      const frames = await served.desk();
      frames.send({ type: 'watch', id: 'w', stream: 'cases.watch', input: {} });
      const received: string[] = [];
      for (const [part, count] of [maxBatchItems, maxBatchItems, 5].entries()) {
        const frame = await frames.nextOf('snapshot');
        expect({ ...frame, items: frame.items.length }).toEqual({
          ...{ type: 'snapshot', id: 'w', batch: part + 1, part, isLast: part === 2, sequence: 1, items: count },
        });
        received.push(...idsOf(frame.items));
        await locate(frames);
        expect(frames.waiting).toEqual([]);
        if (part === 1) served.stream.change('case-0', 'new');
        frames.send({ type: 'ack', id: 'w', batch: frame.batch });
      }
      expect(received).toEqual(ids);
      const delta = await frames.nextOf('delta');
      expect({ ...delta, items: idsOf(delta.items) }).toEqual({
        ...{ type: 'delta', id: 'w', batch: 4, sequence: 2, items: ['case-0', 'new'] },
      });
    });

    test('an empty stream has a snapshot too; a wrong or repeated ack sends nothing', async () => {
      const served = await serveOver(kind);
      const frames = await served.desk();
      const first = await watch(frames, 'w');
      expect(first).toMatchObject({ part: 0, isLast: true, sequence: 0, items: [] });
      served.stream.change('a');
      for (const batch of [0, 2, 99]) frames.send({ type: 'ack', id: 'w', batch });
      frames.send({ type: 'ack', id: 'other', batch: 1 });
      await locate(frames);
      expect(frames.waiting).toEqual([]);
      frames.send({ type: 'ack', id: 'w', batch: 1 });
      expect(await frames.nextOf('delta')).toMatchObject({ batch: 2, sequence: 1 });
      frames.send({ type: 'ack', id: 'w', batch: 1 });
      served.stream.change('b');
      await locate(frames);
      expect(frames.waiting).toEqual([]);
    });

    test('while a batch is drawn, changes of one case become one, the newest', async () => {
      const served = await serveOver(kind);
      const frames = await served.desk();
      await watch(frames, 'w');
      for (let round = 0; round < 500; round += 1) served.stream.change('a', 'b');
      served.stream.remove('b');
      frames.send({ type: 'ack', id: 'w', batch: 1 });
      const delta = await frames.nextOf('delta');
      expect({ ids: idsOf(delta.items), sequence: delta.sequence }).toEqual({ ids: ['a', '-b'], sequence: 501 });
      expect(delta.items[0]).toMatchObject({ row: { sequence: 500 } });
    });

    test('too much waits: lost, with the sequence drawn; from there deltas go on', async () => {
      const served = await serveOver(kind, maxWaitingItems * 3);
      const frames = await served.desk();
      served.stream.change('before');
      await watch(frames, 'w');
      frames.send({ type: 'ack', id: 'w', batch: 1 });
      served.stream.change('drawn');
      frames.send({ type: 'ack', id: 'w', batch: (await frames.nextOf('delta')).batch });
      served.stream.change('not drawn');
      await frames.nextOf('delta');
      for (let index = 0; index < maxWaitingItems + 50; index += 1) served.stream.change(`many-${index}`);
      expect(await frames.next()).toEqual({ type: 'lost', id: 'w', resumeFrom: 2 });
      expect(served.stream.listenerCount).toBe(0);

      frames.send({ type: 'watch', id: 'w', stream: 'cases.watch', input: {}, after: 2 });
      const missed: string[] = [];
      const first = await frames.nextOf('delta');
      expect({ count: first.items.length, sequence: first.sequence }).toEqual({ count: maxBatchItems, sequence: 2 });
      missed.push(...idsOf(first.items));
      frames.send({ type: 'ack', id: 'w', batch: first.batch });
      const second = await frames.nextOf('delta');
      missed.push(...idsOf(second.items));
      expect(second.sequence).toBe(served.stream.sequence);
      expect(missed).toEqual([
        'not drawn',
        ...Array.from({ length: maxWaitingItems + 50 }, (_, index) => `many-${index}`),
      ]);
    });

    test('resuming: nothing missed waits for the next change; what is gone comes as a new snapshot', async () => {
      const served = await serveOver(kind, 4);
      for (let index = 0; index < 20; index += 1) served.stream.change(`case-${index}`);
      const frames = await served.desk();
      frames.send({ type: 'watch', id: 'now', stream: 'cases.watch', input: {}, after: 20 });
      await locate(frames);
      expect(frames.waiting).toEqual([]);
      served.stream.change('next');
      const delta = await frames.nextOf('delta');
      expect({ id: delta.id, ids: idsOf(delta.items), sequence: delta.sequence }).toEqual({
        ...{ id: 'now', ids: ['next'], sequence: 21 },
      });
      frames.send({ type: 'watch', id: 'old', stream: 'cases.watch', input: {}, after: 3 });
      const snapshot = await frames.nextOf('snapshot');
      expect({ id: snapshot.id, count: snapshot.items.length, isLast: snapshot.isLast }).toEqual({
        ...{ id: 'old', count: 21, isLast: true },
      });
    });

    test('after unwatch nothing comes; the id can be used again', async () => {
      const served = await serveOver(kind);
      const frames = await served.desk();
      await watch(frames, 'w');
      frames.send({ type: 'ack', id: 'w', batch: 1 });
      frames.send({ type: 'unwatch', id: 'w' });
      frames.send({ type: 'unwatch', id: 'never watched' });
      await locate(frames);
      served.stream.change('a');
      await locate(frames);
      expect({ waiting: frames.waiting, listeners: served.stream.listenerCount }).toEqual({
        waiting: [],
        listeners: 0,
      });
      expect(await watch(frames, 'w')).toMatchObject({ batch: 1, sequence: 1 });
    });

    test('refused with a code: an unknown stream, a method, an input that does not fit, more than 16', async () => {
      const served = await serveOver(kind);
      const frames = await served.desk();
      frames.send({ type: 'watch', id: 'a', stream: 'nothing.watch', input: {} });
      expect(await frames.next()).toMatchObject({ type: 'failure', id: 'a', error: { code: 'unknown_method' } });
      frames.send({ type: 'watch', id: 'a', stream: 'grid.locate', input: {} });
      expect(await frames.next()).toMatchObject({ type: 'failure', id: 'a', error: { code: 'unknown_method' } });
      frames.send({ type: 'watch', id: 'a', stream: 'cases.watch', input: { more: 1 } });
      expect(await frames.next()).toMatchObject({ type: 'failure', id: 'a', error: { code: 'bad_input' } });
      for (let index = 0; index < 16; index += 1) await watch(frames, `w-${index}`);
      frames.send({ type: 'watch', id: 'one more', stream: 'cases.watch', input: {} });
      expect(await frames.next()).toMatchObject({ type: 'failure', id: 'one more', error: { code: 'busy' } });
      expect(await watch(frames, 'w-3')).toMatchObject({ batch: 1 });
      expect(served.stream.listenerCount).toBe(16);
    });

    test('FT10: a client that never acknowledges is bounded and cut off; its neighbour gets everything', async () => {
      const served = await serveOver(kind);
      const slow = await served.desk();
      const quick = await served.desk();
      await watch(slow, 'w');
      await watch(quick, 'w');
      quick.send({ type: 'ack', id: 'w', batch: 1 });
      const drawn = new Set<string>();
      for (let round = 0; round < 5; round += 1) {
        const isNew = served.stream.sequence;
        for (let index = 0; index < 400; index += 1) served.stream.change(`case-${isNew + index}`);
        while (drawn.size < served.stream.sequence) {
          const delta = await quick.nextOf('delta');
          idsOf(delta.items).forEach((id) => drawn.add(id));
          quick.send({ type: 'ack', id: 'w', batch: delta.batch });
        }
      }
      expect(drawn.size).toBe(2_000);
      expect(await slow.next()).toEqual({ type: 'lost', id: 'w', resumeFrom: 0 });
      expect(served.stream.listenerCount).toBe(1);
      expect(slow.waiting).toEqual([]);
    });
  });
}

/** A call whose answer shows that everything sent before it has been dealt with. */
async function locate(frames: Frames) {
  const id = `locate-${(calls += 1)}`;
  frames.send({ type: 'call', id, method: 'grid.locate', input: place });
  const passed = [];
  for (;;) {
    const frame = await frames.next();
    if ((frame.type === 'result' || frame.type === 'failure') && frame.id === id) {
      (frames.waiting as unknown[]).unshift(...passed);
      return frame;
    }
    passed.push(frame);
  }
}
let calls = 0;

async function watch(frames: Frames, id: string) {
  frames.send({ type: 'watch', id, stream: 'cases.watch', input: {} });
  return frames.nextOf('snapshot');
}
