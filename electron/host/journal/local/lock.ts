import { createHash } from 'node:crypto';
import { mkdir, realpath, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { machineId, readIfThere } from './machine-id.ts';

/** Who holds a folder, as its lock file tells. */
export interface LockHolder {
  readonly machineId: string;
  readonly machineName: string;
  readonly pid: number;
  /** When the process began, in milliseconds since 1970. */
  readonly startedAt: number;
}

export interface FolderLock {
  release(): Promise<void>;
}

/** The folder belongs to a running process, or to another machine. `pid` is 0 if the holder left no word. */
export class FolderLocked extends Error {
  readonly folder: string;
  readonly pid: number;
  readonly reason: 'running' | 'other_machine';

  constructor(folder: string, holder: LockHolder | null, reason: 'running' | 'other_machine') {
    super(lockedText(folder, holder, reason));
    this.folder = folder;
    this.pid = holder?.pid ?? 0;
    this.reason = reason;
  }
}

/** The folder lies on a network share, whose sync and locks cannot be relied on (JN7). */
export class FolderOnNetwork extends Error {
  constructor(folder: string, kind: string) {
    super(`${folder} lies on a network share (${kind}): choose a folder on a disk of this machine`);
  }
}

/**
 * Takes a data folder for this process (JN7), making it if missing. What holds it is a socket that the kernel frees at
 * death; the file `lock` beside it says who holds it. A dead holder of this machine is replaced silently.
 *
 * @throws FolderLocked when another process, or another machine, holds the folder
 * @throws FolderOnNetwork
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  await mkdir(folder, { recursive: true });
  await requireLocalDisk(folder);
  const file = join(folder, 'lock');
  const socket = await holdSocket(await socketName(folder));
  const holder = await readHolder(file);
  if (socket === null) throw new FolderLocked(folder, holder, 'running');
  const self = await ownHolder();
  if (holder !== null && holder.machineId !== self.machineId) {
    await closeServer(socket);
    throw new FolderLocked(folder, holder, 'other_machine');
  }
  await writeFile(`${file}.new`, `${JSON.stringify(self)}\n`);
  await rename(`${file}.new`, file);
  return {
    async release() {
      await rm(file, { force: true });
      await closeServer(socket);
    },
  };
}

async function ownHolder(): Promise<LockHolder> {
  return {
    machineId: await machineId(),
    machineName: hostname(),
    pid: process.pid,
    startedAt: Math.round(performance.timeOrigin),
  };
}

function lockedText(folder: string, holder: LockHolder | null, reason: 'running' | 'other_machine'): string {
  if (reason === 'running') {
    const who = holder === null ? 'another process' : `process ${holder.pid}`;
    return `${folder} is in use by ${who} on this machine: stop it first, or use another folder`;
  }
  const name = holder?.machineName ?? 'unknown';
  const file = join(folder, 'lock');
  return `${folder} is locked by the machine ${name}: if the program does not run there any more, delete ${file}`;
}

/** A holder whose word cannot be read counts as dead: the socket has told already that nobody runs here. */
async function readHolder(file: string): Promise<LockHolder | null> {
  const text = await readIfThere(file);
  if (text === null) return null;
  const found: unknown = parsed(text);
  return isHolder(found) ? found : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isHolder(value: unknown): value is LockHolder {
  if (typeof value !== 'object' || value === null) return false;
  return 'machineId' in value && typeof value.machineId === 'string' && 'pid' in value && typeof value.pid === 'number';
}

/** One name per folder, by whatever path it is reached. */
async function socketName(folder: string): Promise<string> {
  const { dev, ino } = await stat(await realpath(folder), { bigint: true });
  const name = `grid-command-${createHash('sha256').update(`${dev} ${ino}`).digest('hex').slice(0, 32)}`;
  if (process.platform === 'linux') return `\0${name}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
}

/** The socket, or null if a living process has it. Where a dead one leaves a file behind, the file is removed. */
async function holdSocket(name: string): Promise<Server | null> {
  const server = await listen(name);
  const isLeftover = server === null && name.endsWith('.sock') && !(await isAnswered(name));
  if (!isLeftover) return server;
  await rm(name, { force: true });
  return listen(name);
}

function listen(name: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((connection) => connection.destroy());
    server.once('error', (error) => ('code' in error && error.code === 'EADDRINUSE' ? resolve(null) : reject(error)));
    server.listen(name, () => resolve(server.unref()));
  });
}

function isAnswered(name: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = connect(name, () => {
      connection.destroy();
      resolve(true);
    });
    connection.once('error', () => resolve(false));
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

async function requireLocalDisk(folder: string): Promise<void> {
  if (process.platform === 'win32') {
    if ((await realpath(folder)).startsWith('\\\\')) throw new FolderOnNetwork(folder, 'UNC');
    return;
  }
  const kind = process.platform === 'linux' ? networkKind((await statfs(folder)).type) : null;
  if (kind !== null) throw new FolderOnNetwork(folder, kind);
}

/** Name of a network file system by its Linux type number, null for a local one. Source: statfs(2). */
export function networkKind(type: number): string | null {
  return networkKinds.get(type >>> 0) ?? null;
}

const networkKinds: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB2'],
  [0x00c36400, 'Ceph'],
  [0x5346414f, 'AFS'],
]);
