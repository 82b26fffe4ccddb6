#!/usr/bin/env node
import react from '@vitejs/plugin-react';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { createServer } from 'vite';
import { buildIfStale } from './build.mjs';

const root = path.resolve(import.meta.dirname, '../..');

if (!buildIfStale()) process.exit(1);
const host = spawn(process.execPath, [path.join(root, 'out/main/headless.js'), ...process.argv.slice(2)], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
host.once('exit', (code) => process.exit(code ?? 1));
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => host.kill('SIGTERM'));
createInterface({ input: host.stdout }).once('line', (line) => void serve(new URL(JSON.parse(line).url)));

/**
 * Serves the renderer from its sources, reloading as they change, and passes the wire and uploads on to the host, which
 * hears its own address as `Host` and `Origin`.
 *
 * @param {URL} hostUrl with the token in its hash
 */
async function serve(hostUrl) {
  const proxy = { target: hostUrl.origin, changeOrigin: true, headers: { origin: hostUrl.origin } };
  const server = await createServer({
    configFile: false,
    root: path.join(root, 'renderer'),
    plugins: [react()],
    server: {
      host: '127.0.0.1',
      port: 0,
      proxy: { '/wire': { ...proxy, ws: true }, '/upload': proxy },
      fs: { allow: [root] },
    },
  });
  await server.listen();
  const [address] = server.resolvedUrls?.local ?? [];
  console.log(`Grid Command 网格指挥台: ${address}desk/index.html${hostUrl.hash}`);
}
