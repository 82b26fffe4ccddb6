import { resolve } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { countWhatIsHeld, heldBy, leaks } from '#tests/e2e/pages/resources.ts';
import { loadDistricts, toggleLayers, type Fault } from '#tests/e2e/pages/map-strain.ts';
import { servePage, type ServedPage } from '#tests/visual/map/serve-page.ts';
import { openMap, settled } from '#tests/visual/map/shots.ts';

let served: ServedPage;
let page: Page;

// A trace would hold on to what the page lets go.
test.use({ trace: 'off' });
test.beforeEach(() => test.setTimeout(300_000));
test.beforeAll(async ({ browser }) => {
  served = await servePage(resolve(import.meta.dirname, '../../..'));
  page = await browser.newPage({ viewport: { width: 240, height: 200 } });
  await page.addInitScript(countWhatIsHeld);
  await openMap(page, served.url, { theme: 'dark', count: 400 });
  await toggleLayers(page, 48);
});
test.afterAll(async () => {
  await page.close();
  await served.close();
});

test('1,000 switches of layers leave nothing behind', async () => {
  expect(await grown(1_000, (times) => toggleLayers(page, times))).toEqual([]);
});

test('100 districts that were loaded leave nothing behind', async () => {
  await loadDistricts(page, 3);
  expect(await grown(100, (times) => loadDistricts(page, times))).toEqual([]);
});

test('what is left behind by each switch is found, whatever it is', async () => {
  const found: Record<Fault, string> = { buffer: 'Buffer', node: 'nodes', listener: 'listeners', heap: 'heap' };
  for (const [fault, kind] of Object.entries(found)) {
    const left = await grown(64, (times) => toggleLayers(page, times, fault as Fault));
    expect(left).toEqual([expect.stringMatching(`^${kind}: `)]);
  }
});

/** What is held more once an act was done so many times; names that are laid out in the background are drawn by then. */
async function grown(times: number, act: (times: number) => Promise<void>): Promise<readonly string[]> {
  await settled(page);
  const before = await heldBy(page);
  await act(times);
  await settled(page);
  return leaks(before, await heldBy(page), times);
}
