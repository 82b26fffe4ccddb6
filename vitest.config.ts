import react from '@vitejs/plugin-react';
import { configDefaults, defineConfig } from 'vitest/config';

/** Tests that start real host processes out of the bundles in `out/`. */
const hostProcesses = ['tests/host/**/*.test.ts', 'tests/faults/host-*.test.ts'];

export default defineConfig({
  plugins: [react()],
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
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
