import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WireError } from '#contract/errors.ts';
import { ok, refused, type Result } from '#domain/base/result.ts';
import type { Scheduler } from '#host/ports/clock.ts';
import type { Log } from '#host/ports/log.ts';
import type { Printer } from '#host/ports/printer.ts';
import { PipeBrowser } from './pipe-browser.ts';

/** From the start of the browser to the last byte; a page of four takes about one second. */
const LIMIT_MS = 30_000;

export interface ChromiumPrinterOptions {
  /** Asked anew for each job: one may be installed while the host runs. */
  readonly executable: () => string | null;
  readonly scheduler: Scheduler;
  readonly log: Log;
  readonly limitMs?: number;
}

/** Ready, or why it can't be; the page says so by an attribute of its root element. */
const settled = `new Promise((done) => {
  const root = document.documentElement;
  if (document.getElementById('root') === null) done('not a page of ours');
  const look = () => root.dataset.paper && done(root.dataset.paper);
  new MutationObserver(look).observe(root, { attributes: true });
  look();
})`;

/**
 * Prints by an installed Chromium, a new one for each job with a profile of its own that is removed afterwards: nothing of a
 * document stays behind, and one that hangs is ended with it.
 */
export class ChromiumPrinter implements Printer {
  readonly #options: ChromiumPrinterOptions;
  #last: Promise<unknown> = Promise.resolve();
  #browser: PipeBrowser | null = null;
  #isClosed = false;

  constructor(options: ChromiumPrinterOptions) {
    this.#options = options;
  }

  print(address: string): Promise<Result<Uint8Array, WireError>> {
    const job = this.#last.then(() => this.#job(address));
    this.#last = job.catch(() => {});
    return job;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#browser?.kill();
    await this.#last;
  }

  async #job(address: string): Promise<Result<Uint8Array, WireError>> {
    const { executable, scheduler, log, limitMs = LIMIT_MS } = this.#options;
    if (this.#isClosed) return refused({ code: 'unavailable', detail: { part: 'printer' } });
    const file = executable();
    if (file === null) return refused({ code: 'printer_missing', detail: {} });
    const profile = await mkdtemp(join(tmpdir(), 'grid-command-print-'));
    const browser = new PipeBrowser(file, argumentsFor(profile));
    this.#browser = browser;
    let isLate = false;
    const cancel = scheduler.after(limitMs, () => {
      isLate = true;
      browser.kill();
    });
    try {
      const gone = browser.ended.then(() => Promise.reject(new Error('the browser ended')));
      return ok(await Promise.race([pdfOf(browser, address), gone]));
    } catch (cause) {
      const words = cause instanceof Error ? cause.message : String(cause);
      const reason = isLate ? `no answer within ${limitMs / 1_000} s` : words;
      log.warn('a briefing was not printed', { reason });
      return refused({ code: 'printer_failed', detail: { reason: reason.slice(0, 200) } });
    } finally {
      cancel();
      browser.kill();
      this.#browser = null;
      await browser.ended;
      // Its helpers may still write while they end.
      await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }).catch((cause: unknown) =>
        log.warn('the profile of the printer was not removed', { reason: String(cause) }),
      );
    }
  }
}

async function pdfOf(browser: PipeBrowser, address: string): Promise<Uint8Array> {
  const { targetId } = await browser.call('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await browser.call('Target.attachToTarget', { targetId, flatten: true });
  const session = String(sessionId);
  await browser.call('Page.enable', {}, session);
  const loaded = browser.event('Page.loadEventFired', session);
  const { errorText } = await browser.call('Page.navigate', { url: address }, session);
  if (errorText !== undefined) throw new Error(`the page was not loaded: ${JSON.stringify(errorText)}`);
  await loaded;
  const asked = { expression: settled, awaitPromise: true, returnByValue: true };
  const { result } = await browser.call('Runtime.evaluate', asked, session);
  const state = (result as { readonly value?: unknown } | undefined)?.value;
  if (state !== 'ready') throw new Error(`the page is not whole: ${String(state)}`);
  const { data } = await browser.call('Page.printToPDF', printOptions, session);
  return Buffer.from(String(data), 'base64');
}

/** The page's own style sets size and margins; its margin boxes stand for header and footer. */
const printOptions = {
  preferCSSPageSize: true,
  printBackground: true,
  displayHeaderFooter: false,
  generateTaggedPDF: true,
  generateDocumentOutline: true,
};

function argumentsFor(profile: string): readonly string[] {
  const isRoot = process.getuid?.() === 0;
  return [
    ...['--headless=new', '--remote-debugging-pipe', `--user-data-dir=${profile}`, '--no-first-run'],
    ...['--no-default-browser-check', '--disable-extensions', '--disable-sync', '--disable-background-networking'],
    ...['--disable-component-update', '--disable-gpu', '--no-proxy-server', '--mute-audio'],
    ...(isRoot ? ['--no-sandbox'] : []),
    'about:blank',
  ];
}
