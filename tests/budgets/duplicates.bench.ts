import { plus } from '#domain/base/instant.ts';
import { defaultSameCausePolicy } from '#domain/same-cause/policy.ts';
import { SameCauseIndex } from '#domain/same-cause/same-cause-index.ts';
import { morning } from '#tests/builders/cases.ts';
import { CityOfFacts } from '#tests/builders/same-cause.ts';
import { quantile } from './quantile.ts';

const CASES = 100_000;
const QUERIES = 2_000;
const WARM_UP = 200;
const LIMIT = 10;

/** Candidates for reports that come in at the same places as 100,000 open and recent cases; one search after another. */
export function run(): Promise<Record<string, number>> {
  const city = new CityOfFacts(42, morning);
  const facts = Array.from({ length: CASES }, (_, serial) => city.facts(serial));
  const index = new SameCauseIndex();
  const before = process.memoryUsage().heapUsed;
  const buildStart = performance.now();
  for (const own of facts) index.put(own);
  const buildMs = performance.now() - buildStart;
  const heapMegabytes = (process.memoryUsage().heapUsed - before) / 1e6;

  const drafts = Array.from({ length: WARM_UP + QUERIES }, () => city.draft());
  const times: number[] = [];
  const looked: number[] = [];
  const compared: number[] = [];
  let found = 0;
  for (const [at, draft] of drafts.entries()) {
    const start = performance.now();
    const { candidates, work } = index.search(draft, defaultSameCausePolicy, morning, LIMIT);
    const ms = performance.now() - start;
    if (at < WARM_UP) continue;
    times.push(ms);
    looked.push(work.looked);
    compared.push(work.compared);
    found += candidates.length;
  }
  if (found === 0) throw new Error('no search found a candidate');

  const historyTimes = drafts.slice(WARM_UP).flatMap(({ lon, lat }) => {
    if (lon === null || lat === null) return [];
    const start = performance.now();
    index.historyAt({ lon, lat }, { radiusMetres: 50, since: plus(morning, -defaultSameCausePolicy.closedWithinMs) });
    return [performance.now() - start];
  });
  return Promise.resolve({
    p50Ms: quantile(times, 0.5),
    p95Ms: quantile(times, 0.95),
    maxMs: quantile(times, 1),
    lookedP95: quantile(looked, 0.95),
    lookedShareP95: quantile(looked, 0.95) / CASES,
    comparedP95: quantile(compared, 0.95),
    candidatesMean: found / QUERIES,
    historyP95Ms: quantile(historyTimes, 0.95),
    buildMs,
    heapMegabytes,
  });
}
