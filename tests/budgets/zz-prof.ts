import { mkdtemp, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Random } from '#domain/base/random.ts';
import { caseFile } from '#tests/builders/case-file.ts';
import { startHost } from '#tests/support/start-host.ts';
import { deskPage, launchBrowser, openDesk } from '#tests/budgets/bench-browser.ts';
const bounds = [116.55, 40.05, 116.85, 40.25] as const;
export async function main() {
  const browser = await launchBrowser();
  const folder = await mkdtemp('/tmp/pix-');
  const file = join(folder, 'cases.csv');
  await writeFile(file, caseFile({ rows: 50000, seed: 11, closedShare: 0, bounds }));
  const host = await startHost({ dataFolder: join(folder, 'data'), args: ['--no-simulate', '--import', file] });
  const page = await deskPage(browser);
  const t0 = Date.now();
  await openDesk(page, host.firstLine.url, '?trace=drawn');
  console.log('ready', Date.now() - t0);
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Profiler.enable'); await cdp.send('Profiler.setSamplingInterval', { interval: 500 });
  await cdp.send('Profiler.start');
  const random = new Random(5);
  const start = Date.now();
  const answers: Promise<{ sequence: number; at: number }>[] = [];
  for (let i = 0; i < 500; i += 1) {
    const wait = start + i * 20 - Date.now();
    if (wait > 0) await new Promise((r) => setTimeout(r, wait));
    answers.push(host.call('case.report', { classRef: { standardRef: 'x', kind: 'matter', code: '01010', name: '暴露垃圾' }, description: '垃圾', lon: 116.55 + random.next() * 0.3, lat: 40.05 + random.next() * 0.2 }).then((a) => ({ sequence: a.ok ? a.value.sequence : 0, at: performance.timeOrigin + performance.now() })));
  }
  const got = await Promise.all(answers);
  await new Promise((r) => setTimeout(r, 1500));
  const { profile } = await cdp.send('Profiler.stop');
  const byId = new Map(profile.nodes.map((n) => [n.id, n]));
  const self = new Map<string, number>();
  profile.samples!.forEach((s, i) => { const n = byId.get(s)!; const k = n.callFrame.functionName + ' ' + n.callFrame.url.split('/').pop() + ':' + n.callFrame.lineNumber + ':' + n.callFrame.columnNumber; self.set(k, (self.get(k) ?? 0) + profile.timeDeltas![i]! / 1000); });
  console.log([...self].sort((a, b) => b[1] - a[1]).slice(0, 25).map(([k, v]) => v.toFixed(0) + ' ' + k).join('\n'));
  const drawn = await page.evaluate(() => window.gridCommandDrawn ?? []);
  const waits = got.map(({ sequence, at }) => (drawn.find((d) => d.sequence >= sequence)?.at ?? NaN) - at).sort((a, b) => a - b);
  console.log('p50', waits[250], 'p95', waits[475], 'batches', drawn.length);
  const gaps = drawn.slice(1).map((d, i) => d.at - drawn[i]!.at).sort((a, b) => b - a).slice(0, 12);
  console.log('gaps', gaps.map((g) => g.toFixed(0)).join(' '));
  await browser.close(); await host.stop();
  return 0;
}
