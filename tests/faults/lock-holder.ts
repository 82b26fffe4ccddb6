import { lockFolder } from '#host/journal/local/lock.ts';

/** Run as a process of its own by journal-lock.test.ts: locks the folder, says so, and holds it until killed or told. */
export async function main([folder = '']: readonly string[]): Promise<number> {
  try {
    const lock = await lockFolder(folder);
    process.stdout.write('locked\n');
    await new Promise((resolve) => process.stdin.once('data', resolve));
    await lock.release();
    process.stdin.destroy();
    return 0;
  } catch (error) {
    process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}
