#!/usr/bin/env node
import net from 'node:net';

// Speaks as Chromium does over its pipe, and prints every page as the same few bytes. FAKE_CHROMIUM: `hang` never prints, `die` ends,
// `gone` has a page that says that a font is gone.
const mode = process.env.FAKE_CHROMIUM ?? '';
if (mode === 'die') process.exit(7);
const input = new net.Socket({ fd: 3 }).setEncoding('utf8');
const output = new net.Socket({ fd: 4 });
let rest = '';
let address = '';

input.on('data', (text) => {
  const parts = (rest + text).split('\0');
  rest = parts.pop() ?? '';
  for (const part of parts) answer(JSON.parse(part));
});
input.on('end', () => process.exit(0));

/** @param {{ id: number, method: string, params: Record<string, unknown>, sessionId?: string }} call */
function answer({ id, method, params, sessionId }) {
  if (method === 'Page.navigate') address = String(params.url);
  if (method === 'Page.printToPDF' && mode === 'hang') return;
  const results = {
    'Target.createTarget': { targetId: 'page' },
    'Target.attachToTarget': { sessionId: 'session' },
    'Runtime.evaluate': { result: { value: mode === 'gone' ? 'font Paper Serif 400 is gone' : 'ready' } },
    'Page.printToPDF': { data: Buffer.from(`%PDF-fake ${address.replace(/^[^?]*|#.*$/g, '')}`).toString('base64') },
  };
  say({ id, ...(sessionId === undefined ? {} : { sessionId }), result: results[method] ?? {} });
  if (method === 'Page.navigate') say({ method: 'Page.loadEventFired', sessionId: 'session', params: {} });
}

/** @param {unknown} message */
function say(message) {
  output.write(`${JSON.stringify(message)}\0`);
}
