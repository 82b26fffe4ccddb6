import { availableParallelism } from 'node:os';
import react from '@vitejs/plugin-react';
import { configDefaults, defineConfig } from 'vitest/config';

/** Tests that start real host processes out of the bundles in `out/`. */
const hostProcesses = ['tests/host/**/*.test.ts', 'tests/faults/host-*.test.ts'];

export default defineConfig({
  plugins: [react()],
  test: {
    // Only what hangs is broken off: on a machine that does much else a host takes seconds to start.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // Many tests wait for the disk or for a host: on two cores one alone leaves half of the time unused.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        extends: true,
        test: {
          name: 'code',
          include: [
            'electron/**/*.test.ts',
            'renderer/**/*.test.{ts,tsx}',
            'tests/{architecture,conformance,faults,replay,support,tools}/**/*.test.ts',
          ],
          exclude: [...configDefaults.exclude, '**/violations/**', ...hostProcesses],
          globalSetup: ['tests/support/build-worker.ts'],
        },
      },
      {
        extends: true,
        test: { name: 'host-processes', include: hostProcesses, globalSetup: ['tests/support/build-bundles.ts'] },
      },
    ],
  },
});
