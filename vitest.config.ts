import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [react()],
  test: {
    include: [
      'electron/**/*.test.ts',
      'renderer/**/*.test.{ts,tsx}',
      'tests/{architecture,conformance,faults,replay,support,tools}/**/*.test.ts',
    ],
    exclude: ['**/violations/**', 'node_modules/**'],
    globalSetup: ['tests/support/build-worker.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
