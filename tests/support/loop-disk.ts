import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished, type TestContext } from 'vitest';
import { temporaryFolder } from './temporary-folder.ts';

export interface LoopDisk {
  /** Where it is mounted. */
  readonly folder: string;
  /** From here on nothing reaches the device: what was not synced is lost, as when the power goes. */
  cutPower(): void;
  /** Mounts it anew, as after a start of the machine. Nothing may have a file open on it. */
  remount(): void;
}

/** `EXT4_IOC_SHUTDOWN`, and its argument: without flushing the log. Node has no ioctl. */
const shutDown = `open(my $disk, '<', $ARGV[0]) or die "$!\\n"; my $how = pack('L', 2);
defined ioctl($disk, 0x8004587D, $how) or die "$!\\n";`;

/** A fresh ext4 in a file; the test is skipped where it cannot be mounted or shut down (FT6, live-and-storage.md §1.5). */
export async function loopDisk(context: TestContext, megabytes: number): Promise<LoopDisk> {
  const parent = await temporaryFolder();
  const folder = join(parent, 'disk');
  const image = join(parent, 'disk.img');
  mkdirSync(folder);
  const run = (command: string, ...args: string[]) => void execFileSync(command, args, { stdio: 'pipe' });
  const mount = () => run('mount', '-o', 'loop', image, folder);
  const cutPower = () => run('perl', '-e', shutDown, folder);
  let isMounted = false;
  const unmount = () => {
    if (isMounted) run('umount', folder);
    isMounted = false;
  };
  const remount = () => {
    unmount();
    mount();
    isMounted = true;
  };
  onTestFinished(unmount);
  try {
    run('truncate', '-s', `${megabytes}M`, image);
    run('mkfs.ext4', '-q', '-F', image);
    remount();
    cutPower();
    remount();
  } catch (error) {
    const reason = String(error).split('\n')[0];
    context.skip(
      `not run: a disk in a file could not be mounted and cut off (needs root and a loop device): ${reason}`,
    );
  }
  return { folder, cutPower, remount };
}
