import { appendFile } from 'node:fs/promises';

/** What one part of `npm run soak` did and found; `tests/tools/soak.mjs` adds the parts up. */
export interface SoakTally {
  kills: number;
  powerCuts: number;
  /** Commands that clients got a receipt for. */
  acknowledged: number;
  lost: number;
  doubled: number;
  /** Runs of `npm run verify`. */
  verified: number;
}

export function emptyTally(): SoakTally {
  return { kills: 0, powerCuts: 0, acknowledged: 0, lost: 0, doubled: 0, verified: 0 };
}

/** One line of JSON in the file `SOAK_TALLY`; nothing where nobody adds up. */
export async function addToSoak(tally: SoakTally): Promise<void> {
  const file = process.env['SOAK_TALLY'];
  if (file !== undefined) await appendFile(file, `${JSON.stringify(tally)}\n`);
}
