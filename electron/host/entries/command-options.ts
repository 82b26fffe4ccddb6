import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { CommandLine } from '#contract/command-line.ts';
import type { HostOptions } from '#contract/host-process.ts';

/** Relative paths are meant from where the command was given; npm changes the folder and tells the old one. */
export function fromHere(given: string): string {
  return resolve(process.env['INIT_CWD'] ?? process.cwd(), given);
}

/** Options of a host without a shell. `bundles`: the folder of the entry, where the workers lie beside it. */
export function optionsOf(line: CommandLine, version: string, bundles: string): HostOptions {
  const path = (given: string | null) => (given === null ? null : fromHere(given));
  const project = resolve(bundles, '../..');
  return {
    dataFolder: path(line.dataFolder),
    resourcesFolder: resolve(project, 'resources'),
    rendererFolder: resolve(project, 'out/renderer'),
    projectionWorkerFile: resolve(bundles, 'projection-worker.js'),
    walkWorkerFile: resolve(bundles, 'walk-worker.js'),
    districtWorkerFile: resolve(bundles, 'district-worker.js'),
    baseMapWorkerFile: resolve(bundles, 'base-map-worker.js'),
    port: line.port,
    district: path(line.district),
    districtMapping: path(line.districtMapping),
    importFile: path(line.importFile),
    importMapping: path(line.importMapping),
    simulate: line.simulate,
    ratePerHour: line.ratePerHour,
    speed: line.speed,
    seed: line.seed,
    ...(line.wallScene === undefined ? {} : { wallScene: line.wallScene }),
    secretFile: path(line.secretFile),
    segmentBytes: line.segmentBytes,
    version,
  };
}

export async function ownVersion(bundles: string): Promise<string> {
  const content: unknown = JSON.parse(await readFile(resolve(bundles, '../../package.json'), 'utf8'));
  const isVersioned = typeof content === 'object' && content !== null && 'version' in content;
  return isVersioned ? String(content.version) : 'unknown';
}
