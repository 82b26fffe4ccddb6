import { startScenes, type StartScene } from '#domain/wall/scene.ts';
import type { HostOptions } from './host-process.ts';

interface Flag {
  readonly name: string;
  /** Name of the value in the help; null for a switch. */
  readonly value: string | null;
  readonly about: string;
}

/** Every flag of `npm start --`, in the order of the help. */
const flags = [
  { name: 'headless', value: null, about: 'host without windows; first line on stdout is JSON {"url":…,"pid":…}' },
  { name: 'browser', value: null, about: 'the app in the browser even where Electron could run' },
  {
    name: 'wall',
    value: '[SCENE]',
    about: `the wall 大屏 opens and begins with SCENE (${startScenes.join(', ')}); without windows its address is printed`,
  },
  { name: 'port', value: 'P', about: 'port on 127.0.0.1; 0 picks a free one (default 0)' },
  { name: 'data', value: 'DIR', about: 'data folder (default: grid-command in the user’s own data folder)' },
  { name: 'district', value: 'FILE', about: 'GeoJSON or TopoJSON of a district (default: Shunyi, schematic)' },
  { name: 'district-mapping', value: 'FILE', about: 'JSON that says which properties make which level' },
  { name: 'import', value: 'FILE', about: 'imports a CSV file before the host answers' },
  { name: 'mapping', value: 'FILE', about: 'JSON mapping of the columns of --import; guessed when left out' },
  { name: 'no-simulate', value: null, about: 'no simulated reports (演示数据)' },
  { name: 'rate', value: 'N', about: 'simulated reports per hour of the simulator’s clock' },
  { name: 'speed', value: 'N', about: 'how many times faster than real time the simulator’s clock runs' },
  { name: 'seed', value: 'N', about: 'seed of the simulator (default 42)' },
  { name: 'secret-file', value: 'FILE', about: 'file with the pass-phrase of the personal data; for its owner alone' },
  { name: 'secret-stdin', value: null, about: 'the pass-phrase is the first line of standard input; needs --headless' },
  {
    name: 'change-secret',
    value: 'FILE',
    about: 'puts the personal data under the pass-phrase in FILE, from that of --secret-file, and ends',
  },
  { name: 'backup', value: 'TO', about: 'makes a backup in the folder TO and ends; a host may run meanwhile' },
  { name: 'restore', value: 'FROM', about: 'restores the backup FROM into the new folder of --data and ends' },
  { name: 'segment-bytes', value: 'N', about: 'size at which a file of the journal ends (default 67108864)' },
  { name: 'help', value: null, about: 'this list' },
  { name: 'version', value: null, about: 'the version' },
] as const satisfies readonly Flag[];

/** The command line as understood. Paths are as written, relative to the folder the command was given in. */
export interface CommandLine extends Omit<
  HostOptions,
  | 'resourcesFolder'
  | 'rendererFolder'
  | 'version'
  | 'projectionWorkerFile'
  | 'walkWorkerFile'
  | 'districtWorkerFile'
  | 'baseMapWorkerFile'
> {
  readonly isHeadless: boolean;
  /** The wall is wanted as well: its address is told, or its windows are opened. */
  readonly hasWall: boolean;
  /** The pass-phrase comes over standard input. */
  readonly hasSecretOnInput: boolean;
  /** Folder of a backup to be made, or to be restored. */
  readonly backupTo: string | null;
  readonly restoreFrom: string | null;
  /** File with the pass-phrase that takes the place of the one given by `secretFile` or on input. */
  readonly newSecretFile: string | null;
  readonly wantsHelp: boolean;
  readonly wantsVersion: boolean;
}

/** Understands the arguments after `npm start --`; otherwise one sentence that names the argument and the remedy. */
export function readCommandLine(
  args: readonly string[],
): { readonly ok: true; readonly value: CommandLine } | { readonly ok: false; readonly problem: string } {
  const given = new Map<string, string>();
  for (let index = 0; index < args.length; index += 1) {
    const [name, inline] = splitOnce(args[index] ?? '');
    const flag: Flag | undefined = flags.find((known) => `--${known.name}` === name);
    if (flag === undefined) return { ok: false, problem: `unknown argument ${args[index]}; --help lists all` };
    if (flag.value === null) {
      if (inline !== undefined) return { ok: false, problem: `--${flag.name} takes no value` };
      given.set(flag.name, '');
      continue;
    }
    if (flag.name === 'wall') {
      const next = args[index + 1];
      const scene = inline ?? (next === undefined || next.startsWith('--') ? '' : args[(index += 1)]);
      if (scene !== '' && !startScenes.some((known) => known === scene)) {
        return { ok: false, problem: `--wall knows the scenes ${startScenes.join(', ')}, not ${scene}` };
      }
      given.set('wall', scene ?? '');
      continue;
    }
    const value = inline ?? args[(index += 1)];
    if (value === undefined || value === '')
      return { ok: false, problem: `--${flag.name} needs a value ${flag.value}` };
    given.set(flag.name, value);
  }

  const port = numberOf(given, 'port', 0);
  if (port === null || !Number.isInteger(port) || port < 0 || port > 65_535) {
    return { ok: false, problem: `--port needs a whole number from 0 to 65535, not ${given.get('port')}` };
  }
  const seed = numberOf(given, 'seed', 42);
  if (seed === null || !Number.isInteger(seed)) {
    return { ok: false, problem: `--seed needs a whole number, not ${given.get('seed')}` };
  }
  const segmentBytes = numberOf(given, 'segment-bytes', 67_108_864);
  if (segmentBytes === null || !Number.isInteger(segmentBytes) || segmentBytes < 4_096) {
    return { ok: false, problem: `--segment-bytes needs a whole number from 4096, not ${given.get('segment-bytes')}` };
  }
  if (given.has('restore') && !given.has('data')) return { ok: false, problem: '--restore needs --data NEWDIR' };
  if (given.has('restore') && given.has('backup')) {
    return { ok: false, problem: '--backup and --restore are two commands: give one of them' };
  }
  for (const name of ['rate', 'speed']) {
    const value = numberOf(given, name, 1);
    if (value === null || value <= 0) {
      return { ok: false, problem: `--${name} needs a number above 0, not ${given.get(name)}` };
    }
  }
  if (given.has('mapping') && !given.has('import')) return { ok: false, problem: '--mapping needs --import FILE' };
  if (given.has('secret-stdin') && !given.has('headless') && !given.has('change-secret'))
    return { ok: false, problem: '--secret-stdin needs --headless' };
  if (given.has('change-secret') && !given.has('secret-stdin') && !given.has('secret-file')) {
    return {
      ok: false,
      problem: '--change-secret needs the pass-phrase before it: --secret-file FILE or --secret-stdin',
    };
  }
  if (given.has('change-secret') && (given.has('backup') || given.has('restore'))) {
    return {
      ok: false,
      problem: '--change-secret, --backup and --restore are commands of their own: give one of them',
    };
  }
  if (given.has('secret-stdin') && given.has('secret-file')) {
    return { ok: false, problem: '--secret-stdin and --secret-file: give one of them' };
  }
  if (given.has('district-mapping') && !given.has('district')) {
    return { ok: false, problem: '--district-mapping needs --district FILE' };
  }

  return {
    ok: true,
    value: {
      isHeadless: given.has('headless'),
      hasWall: given.has('wall'),
      ...wallSceneOf(given.get('wall')),
      wantsHelp: given.has('help'),
      wantsVersion: given.has('version'),
      backupTo: given.get('backup') ?? null,
      restoreFrom: given.get('restore') ?? null,
      newSecretFile: given.get('change-secret') ?? null,
      segmentBytes: given.has('segment-bytes') ? segmentBytes : null,
      port,
      seed,
      hasSecretOnInput: given.has('secret-stdin'),
      secretFile: given.get('secret-file') ?? null,
      dataFolder: given.get('data') ?? null,
      district: given.get('district') ?? null,
      districtMapping: given.get('district-mapping') ?? null,
      importFile: given.get('import') ?? null,
      importMapping: given.get('mapping') ?? null,
      simulate: !given.has('no-simulate'),
      ratePerHour: given.has('rate') ? Number(given.get('rate')) : null,
      speed: given.has('speed') ? Number(given.get('speed')) : null,
    },
  };
}

export function helpText(): string {
  const rows = flags.map((flag: Flag) => {
    const left = `  --${flag.name}${flag.value === null ? '' : ` ${flag.value}`}`;
    return `${left.padEnd(28)}${flag.about}`;
  });
  return ['Grid Command 网格指挥台', '', 'npm start -- [flags]', '', ...rows, ''].join('\n');
}

function wallSceneOf(name: string | undefined): { readonly wallScene?: StartScene } {
  const wallScene = startScenes.find((known) => known === name);
  return wallScene === undefined ? {} : { wallScene };
}

function splitOnce(argument: string): readonly [string, string | undefined] {
  const at = argument.indexOf('=');
  return at < 0 ? [argument, undefined] : [argument.slice(0, at), argument.slice(at + 1)];
}

function numberOf(given: ReadonlyMap<string, string>, name: string, otherwise: number): number | null {
  const text = given.get(name);
  if (text === undefined) return otherwise;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}
