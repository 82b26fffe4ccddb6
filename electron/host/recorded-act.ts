import { join } from 'node:path';
import { ok } from '#domain/base/result.ts';
import { openAudit } from './audit/audit-log.ts';
import { systemClock } from './clock/system-clock.ts';
import { lineDisk } from './disk/line-disk.ts';
import { HealthRegister } from './health/health-register.ts';
import type { Act } from './ports/audit.ts';

/** Who acts from a terminal, with no host that knows an account. */
export const COMMAND_LINE = 'command-line';

/** What must be on record could not be written there: nothing was done. */
export class AuditUnwritten extends Error {}

/**
 * Does something to a data folder that no host runs on, and has it on record there.
 *
 * @throws AuditUnwritten, or what `run` throws
 */
export async function recorded<Value>(dataFolder: string, act: Act, run: () => Promise<Value>): Promise<Value> {
  const folder = join(dataFolder, 'audit');
  const audit = await openAudit({
    folder,
    clock: systemClock,
    health: new HealthRegister(systemClock),
    disk: lineDisk,
  });
  const outcome = await audit.around(act, async () => ok(await run()));
  if (outcome.ok) return outcome.value;
  throw new AuditUnwritten(`${folder} cannot be written, so nothing was done`);
}
