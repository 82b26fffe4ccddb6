import { createReadStream, existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import { build } from 'vite';
import { contentPolicy } from '#contract/content-policy.ts';
import { defaultDistrict, loadDistrict } from '#host/district/load-district.ts';
import type { LoadedDistrict } from '#host/ports/district.ts';
import { seededCases } from './seeded-cases.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
};

/** One township of a district as a district of its own, small enough to be opened often. */
async function townshipOf({ areas }: LoadedDistrict, code: string, folder: string): Promise<LoadedDistrict> {
  const features = areas.district.levels
    .flat()
    .filter((area) => areas.path(area.code).some((above) => above.code === code))
    .map((area) => ({
      type: 'Feature',
      properties: {
        ...{ code: area.code, name: area.name, level: area.level - 1 },
        ...(area.code === code ? {} : { parent: area.parent }),
      },
      geometry: { type: 'MultiPolygon', coordinates: area.polygons },
    }));
  const file = join(folder, 'township.geojson');
  await writeFile(file, JSON.stringify({ type: 'FeatureCollection', features }));
  return loadDistrict({ file, mappingFile: null, contextFile: null });
}

export interface ServedPage {
  readonly url: string;
  close(): Promise<void>;
}

/** Builds a page of the map, its own one if no `folder` is named, and serves it under the product's content policy, with the default district and seeded cases. */
export async function servePage(root: string, page = 'tests/visual/map'): Promise<ServedPage> {
  const folder = await mkdtemp(join(tmpdir(), 'grid-command-map-'));
  await build({
    configFile: false,
    root: resolve(root, page),
    base: './',
    logLevel: 'error',
    build: { target: 'chrome130', outDir: folder, emptyOutDir: true, minify: false },
  });
  const district = await loadDistrict(defaultDistrict(resolve(root, 'resources')));
  const known = new Map<string, string>();
  const township = await townshipOf(district, '110113106', folder);
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    response.setHeader('content-security-policy', contentPolicy);
    if (url.pathname === '/district.json') return response.end(JSON.stringify(district.map));
    if (url.pathname === '/township.json') return response.end(JSON.stringify(township.map));
    if (url.pathname === '/cases.json') {
      const count = Number(url.searchParams.get('count') ?? 0);
      const seed = Number(url.searchParams.get('seed') ?? 1);
      const key = `${count} ${seed}`;
      const json = known.get(key) ?? JSON.stringify(seededCases(district, count, seed));
      known.set(key, json);
      return response.end(json);
    }
    const file = join(folder, url.pathname === '/' ? 'index.html' : url.pathname);
    if (!existsSync(file)) return response.writeHead(404).end();
    response.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream');
    return createReadStream(file).pipe(response);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    async close() {
      await new Promise((closed) => server.close(closed));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
