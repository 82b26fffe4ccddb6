import { join } from 'node:path';
import type { CommandLine } from '#contract/command-line.ts';
import type { HostOptions } from '#contract/host-process.ts';

/** What the host is told: the command line, and where the app's own files lie. */
export function hostOptions(commandLine: CommandLine, appFolder: string, version: string): HostOptions {
  const { isHeadless: _headless, wantsHelp: _help, wantsVersion: _version, ...options } = commandLine;
  return {
    ...options,
    version,
    resourcesFolder: join(appFolder, 'resources'),
    rendererFolder: join(appFolder, 'out/renderer'),
    projectionWorkerFile: join(appFolder, 'out/main/projection-worker.js'),
  };
}
