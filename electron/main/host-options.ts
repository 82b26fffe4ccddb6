import { join, resolve } from 'node:path';
import type { CommandLine } from '#contract/command-line.ts';
import type { HostOptions } from '#contract/host-process.ts';

/**
 * What the host is told: the command line, and where the app's own files lie.
 *
 * @param workingFolder where the command was given; relative paths are meant from there
 */
export function hostOptions(
  commandLine: CommandLine,
  workingFolder: string,
  appFolder: string,
  version: string,
): HostOptions {
  const {
    isHeadless: _headless,
    hasWall: _wall,
    wantsHelp: _help,
    wantsVersion: _version,
    hasSecretOnInput: _input,
    backupTo: _backup,
    restoreFrom: _restore,
    newSecretFile: _newSecret,
    ...options
  } = commandLine;
  const path = (given: string | null): string | null => (given === null ? null : resolve(workingFolder, given));
  return {
    ...options,
    dataFolder: path(options.dataFolder),
    district: path(options.district),
    districtMapping: path(options.districtMapping),
    importFile: path(options.importFile),
    importMapping: path(options.importMapping),
    secretFile: path(options.secretFile),
    version,
    resourcesFolder: join(appFolder, 'resources'),
    rendererFolder: join(appFolder, 'out/renderer'),
    projectionWorkerFile: join(appFolder, 'out/main/projection-worker.js'),
    walkWorkerFile: join(appFolder, 'out/main/walk-worker.js'),
    districtWorkerFile: join(appFolder, 'out/main/district-worker.js'),
    baseMapWorkerFile: join(appFolder, 'out/main/base-map-worker.js'),
  };
}
