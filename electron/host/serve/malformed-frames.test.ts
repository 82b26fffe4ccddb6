import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { api, methodNames } from '#contract/api.ts';
import { protocolVersion, type HostFrame } from '#contract/wire.ts';
import { framesOf } from '#tests/support/frames.ts';
import { clientOf, hostInProcess, transportTo, ways, type HostInProcess } from '#tests/support/host-in-process.ts';

const SEED = 20261124;
const FRAMES = 1_000;

let running: HostInProcess;
beforeAll(async () => {
  running = await hostInProcess();
});
afterAll(() => running.close());

/** Texts that are no frame of a client, however alike. */
const badFrames = fc.oneof(
  fc.string({ maxLength: 200 }).filter((text) => !isObjectText(text)),
  fc.json({ maxDepth: 3 }).filter((text) => !isObjectText(text)),
  fc
    .record({ type: fc.string(), id: fc.string() })
    .map((frame) => JSON.stringify({ ...frame, type: `x${frame.type}` })),
  fc.constantFrom('call', 'watch', 'cancel', 'unwatch', 'ack').chain((type) =>
    fc
      .record({
        id: fc.constantFrom(undefined, null, 7, '', 'x'.repeat(65), [], {}),
        method: fc.constantFrom(undefined, 5, 'x'.repeat(81)),
      })
      .map((rest) => JSON.stringify({ type, ...rest })),
  ),
  fc.constantFrom('{"type":"hello"}', '{"type":"hello","protocol":"1"}', '{"type":"hello","protocol":1.5}', '{}', '[]'),
);

/** Inputs that fit no method but those without input. */
const badInputs = fc.oneof(
  fc.constantFrom(null, 1, 'text', true, [], [[]]),
  fc.dictionary(
    fc.string({ minLength: 1, maxLength: 8 }).map((key) => `?${key}`),
    fc.jsonValue(),
    { minKeys: 1 },
  ),
);

describe.each(ways)('over %s', (way) => {
  test(`${FRAMES} malformed frames: each is rejected as bad_input, nothing is recorded, the host goes on`, async () => {
    const { host } = running;
    const before = host.journal.head();
    const texts = fc.sample(badFrames, { numRuns: FRAMES, seed: SEED });
    for (const text of texts) {
      const frames = framesOf(await transportTo(host, way, 'operator'));
      frames.send({ type: 'hello', protocol: protocolVersion, token: host.tokens.operator });
      await frames.nextOf('welcome');
      frames.sendText(text);
      const answer = await frames.next();
      expect({ text, answer: brief(answer) }).toEqual({ text, answer: 'rejected bad_input' });
      await frames.closed;
    }
    expect(host.journal.head()).toEqual(before);
    expect(host.health().connections).toBe(0);
  });

  test(`${FRAMES} calls of unknown methods and inputs that do not fit: the right code, on one connection`, async () => {
    const { host } = running;
    const before = host.journal.head();
    const frames = await clientOf(host, way, 'operator');
    const withInput = methodNames.filter((name) => !api[name].input.safeParse({}).success || name.startsWith('case'));
    const calls = fc.sample(
      fc.record({ method: fc.oneof(fc.constantFrom(...withInput), fc.string({ maxLength: 80 })), input: badInputs }),
      { numRuns: FRAMES, seed: SEED },
    );
    for (const { method, input } of calls) {
      const isKnown = methodNames.some((name) => name === method);
      frames.send({ type: 'call', id: 'c', method, input });
      expect({ method, input, answer: brief(await frames.next()) }).toEqual({
        ...{ method, input, answer: `failure ${isKnown ? 'bad_input' : 'unknown_method'}` },
      });
    }
    frames.close();
    expect(host.journal.head()).toEqual(before);
  });
});

function brief(frame: HostFrame): string {
  return frame.type === 'rejected' || frame.type === 'failure' ? `${frame.type} ${frame.error.code}` : frame.type;
}

function isObjectText(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
