import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { pinoLog } from '#host/log/pino-log.ts';
import { fakeChromium } from '#tests/support/fake-chromium.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { ChromiumPrinter } from './chromium-printer.ts';

const page = (id: string) => `http://127.0.0.1:1/briefing/?id=${id}#token=x`;
const log = pinoLog('silent');
let clock: ManualClock;

beforeEach(() => {
  clock = new ManualClock(0);
});
afterEach(() => vi.unstubAllEnvs());

function printer(mode: string, executable: string | null = fakeChromium): ChromiumPrinter {
  vi.stubEnv('FAKE_CHROMIUM', mode);
  return new ChromiumPrinter({ executable: () => executable, scheduler: clock, log, limitMs: 30_000 });
}

test('prints one page after another, and leaves no profile behind', async () => {
  const before = (await readdir(tmpdir())).filter((name) => name.startsWith('grid-command-print-'));
  const own = printer('');
  const printed = await Promise.all(['a', 'b'].map((id) => own.print(page(id))));
  expect(printed.map((one) => (one.ok ? Buffer.from(one.value).toString() : one.error))).toEqual([
    '%PDF-fake ?id=a',
    '%PDF-fake ?id=b',
  ]);
  const after = (await readdir(tmpdir())).filter((name) => name.startsWith('grid-command-print-'));
  expect(after.filter((name) => !before.includes(name))).toEqual([]);
});

test('without a Chromium it says so', async () => {
  expect(await printer('', null).print(page('a'))).toMatchObject({ ok: false, error: { code: 'printer_missing' } });
});

test('one that ends, that is no program, or whose page lacks a font, is a failure with its reason', async () => {
  const reasonOf = async (own: ChromiumPrinter) => {
    const printed = await own.print(page('a'));
    return printed.ok ? null : [printed.error.code, printed.error.detail['reason']].join(': ');
  };
  expect(await reasonOf(printer('die'))).toMatch(/^printer_failed: the browser ended/);
  expect(await reasonOf(printer('', '/nowhere/chromium'))).toMatch(/^printer_failed: .*(ENOENT|ended)/);
  expect(await reasonOf(printer('gone'))).toBe('printer_failed: the page is not whole: font Paper Serif 400 is gone');
});

test('one that hangs is ended at the limit, and the next job begins', async () => {
  const own = printer('hang');
  const hanging = own.print(page('a'));
  await clock.whenPlanned();
  clock.advance(30_000);
  expect(await hanging).toMatchObject({
    error: { code: 'printer_failed', detail: { reason: 'no answer within 30 s' } },
  });
  vi.stubEnv('FAKE_CHROMIUM', '');
  expect(await own.print(page('b'))).toMatchObject({ ok: true });
});

test('closing ends the job under way', async () => {
  const own = printer('hang');
  const hanging = own.print(page('a'));
  await clock.whenPlanned();
  await own.close();
  expect(await hanging).toMatchObject({ ok: false });
  expect(await own.print(page('b'))).toMatchObject({ error: { code: 'unavailable' } });
});
