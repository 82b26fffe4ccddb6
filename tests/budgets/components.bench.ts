import { resolve } from 'node:path';
import { required } from '#domain/base/assert-never.ts';
import { servePage } from '#tests/visual/map/serve-page.ts';
import { launchForMap } from './bench-browser.ts';
import type {} from './map-page/page.ts';

const COMPONENTS = 1_000_000;
const CASES = 10_000;

/** A million components in the product's map: `tests/budgets/README.md` says what each figure is. */
export async function run(): Promise<Record<string, number>> {
  const served = await servePage(resolve('.'), 'tests/budgets/map-page');
  const browser = await launchForMap(true);
  try {
    const page = await browser.newPage({ viewport: { width: 1_280, height: 800 } });
    await page.goto(`${served.url}?by=ours&cases=${CASES}&people=0`);
    await page.waitForFunction(() => window.mapComponents !== undefined, undefined, { timeout: 60_000 });
    const times = await page.evaluate((count) => window.mapComponents?.(count), COMPONENTS);
    return { ...required(times, 'the page measures'), components: COMPONENTS };
  } finally {
    await browser.close();
    await served.close();
  }
}
