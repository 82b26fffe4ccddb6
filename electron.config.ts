import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const at = (path: string) => resolve(import.meta.dirname, path);

// Explicit targets: the end-to-end tests run on Electron 33 (stack.md §4, §5).
export default defineConfig({
  main: {
    build: {
      target: 'node20.18',
      outDir: at('out/main'),
      // Of many small files: read one by one they cost a tenth of a second at each start.
      externalizeDeps: { exclude: ['zod', '@date-fns/tz', 'topojson-client', 'topojson-server'] },
      rolldownOptions: {
        input: {
          index: at('electron/main/index.ts'),
          utility: at('electron/host/entries/utility.ts'),
          headless: at('electron/host/entries/headless.ts'),
          brief: at('electron/host/entries/brief.ts'),
          ctl: at('electron/host/entries/ctl.ts'),
          verify: at('electron/host/entries/verify.ts'),
          'projection-worker': at('electron/host/projection/worker.ts'),
          'walk-worker': at('electron/host/walk-worker.ts'),
          'district-worker': at('electron/host/entries/district-worker.ts'),
          'base-map-worker': at('electron/host/entries/base-map-worker.ts'),
        },
      },
    },
  },
  preload: {
    build: {
      target: 'node20.18',
      outDir: at('out/preload'),
      // A sandboxed preload may require no second file.
      isolatedEntries: true,
      rolldownOptions: {
        input: { desk: at('electron/preload/desk.ts'), wall: at('electron/preload/wall.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('renderer'),
    base: './',
    plugins: [react()],
    build: {
      target: 'chrome130',
      outDir: at('out/renderer'),
      emptyOutDir: true,
      minify: true,
      // One page from the local disk or loopback: the map library alone is larger than the default limit.
      chunkSizeWarningLimit: 3_000,
      rolldownOptions: {
        input: {
          desk: at('renderer/desk/index.html'),
          wall: at('renderer/wall/index.html'),
          briefing: at('renderer/briefing/index.html'),
        },
      },
    },
  },
});
