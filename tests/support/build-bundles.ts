import { buildIfStale } from '../tools/build.mjs';

/** Makes sure, once per test run, that `out/` holds the bundles of these very sources. @throws Error */
export default function buildBundles(): void {
  if (!buildIfStale()) throw new Error('the bundles could not be built; tests of real host processes need them');
}
