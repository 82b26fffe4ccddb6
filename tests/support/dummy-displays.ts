import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { findOnPath } from '#tests/tools/find-chromium.mjs';

const mode = '3840x2160';
const timings = '533.25 3840 4152 4576 5312 2160 2163 2168 2237'.split(' ');
const config = `
Section "ServerFlags"
 Option "AutoAddDevices" "false"
 Option "AutoAddGPU" "false"
EndSection
Section "Device"
 Identifier "device"
 Driver "dummy"
 VideoRam 1048576
EndSection
Section "Monitor"
 Identifier "monitor"
 HorizSync 5.0-1000.0
 VertRefresh 5.0-200.0
EndSection
Section "Screen"
 Identifier "screen"
 Device "device"
 Monitor "monitor"
 DefaultDepth 24
 SubSection "Display"
  Depth 24
  Virtual 15360 4320
 EndSubSection
EndSection
`;

/** 4K outputs of an X server of one's own, side by side, with a window manager; nothing is seen of them. */
export interface DummyDisplays {
  /** Value for `DISPLAY`. */
  readonly display: string;
  unplug(output: number): void;
  /** Where it was before; so are the others then. */
  plugIn(output: number): void;
  stop(): Promise<void>;
}

/** Why this machine can't have such displays; null: it can. */
export function noDummyDisplays(): string | null {
  if (process.platform !== 'linux') return 'the dummy X driver is for Linux';
  const commands = ['Xorg', 'xrandr', 'openbox'].filter((name) => findOnPath([name], process.env) === null);
  if (commands.length > 0) return `missing on this machine: ${commands.join(' ')}`;
  if (!existsSync('/usr/lib/xorg/modules/drivers/dummy_drv.so')) return 'missing: xserver-xorg-video-dummy';
  return process.getuid?.() === 0 ? null : 'Xorg takes such a configuration from root alone';
}

/** @throws Error when the X server does not come up, with what it said */
export async function startDummyDisplays(count: number): Promise<DummyDisplays> {
  const folder = await mkdtemp(join(tmpdir(), 'displays-'));
  const file = join(folder, 'xorg.conf');
  await writeFile(file, config);
  const args = ['-displayfd', '3', '-config', file, '-noreset', '-sharevts', '-novtswitch', '-nolisten', 'tcp'];
  const server = spawn('Xorg', [...args, '-logfile', join(folder, 'xorg.log')], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const display = `:${await displayNumber(server)}`;
  const xrandr = (...given: string[]) => {
    const run = spawnSync('xrandr', given, { env: { ...process.env, DISPLAY: display }, encoding: 'utf8' });
    if (run.status !== 0) throw new Error(`xrandr ${given.join(' ')}: ${run.stderr}`);
  };
  const plugged = new Set<number>();
  const plugIn = (output: number) => {
    plugged.add(output);
    // All of them: the server moves the others to the left when the first one goes.
    const places = [...plugged].flatMap((one) => [
      '--output',
      `DUMMY${one}`,
      '--mode',
      mode,
      '--pos',
      `${one * 3_840}x0`,
    ]);
    xrandr(...places);
    // Electron hears of a change with the next request to the server (M4).
    xrandr('-q');
  };
  try {
    xrandr('--newmode', mode, ...timings);
    for (let output = 0; output < count; output += 1) {
      xrandr('--addmode', `DUMMY${output}`, mode);
      plugIn(output);
    }
    xrandr('--output', 'DUMMY0', '--primary');
  } catch (cause) {
    await ended(server);
    throw cause;
  }
  const manager = spawn('openbox', [], { stdio: 'ignore', env: { ...process.env, DISPLAY: display } });
  return {
    display,
    plugIn,
    unplug(output) {
      plugged.delete(output);
      xrandr('--output', `DUMMY${output}`, '--off');
      xrandr('-q');
    },
    async stop() {
      for (const child of [manager, server]) await ended(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function displayNumber(server: ChildProcess): Promise<string> {
  const told: string[] = [];
  server.stderr?.on('data', (text: Buffer) => told.push(text.toString()));
  const lines = createInterface({ input: server.stdio[3] as Readable });
  const failed = once(server, 'exit').then(() => {
    throw new Error(`Xorg ended: ${told.join('')}`);
  });
  const [number] = (await Promise.race([once(lines, 'line'), failed])) as [string];
  failed.catch(() => {});
  return number;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  await exit;
}
