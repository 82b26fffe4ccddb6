import type { AuditProblem, AuditReport } from '#host/ports/verification.ts';
import { AuditChain, auditFiles, NO_HASH } from './audit-file.ts';

/**
 * Walks the record of acts from its first entry: the hash of each line and its place in the chain. What stands behind the
 * last whole line is half-written and passed over, as the next start cuts it. Null if there is no record.
 */
export async function checkAudit(folder: string): Promise<AuditReport | null> {
  const files = await auditFiles(folder);
  if (files.length === 0) return null;
  const chain = new AuditChain({ sequence: 0, hash: NO_HASH });
  const problems: AuditProblem[] = [];
  let entries = 0;
  for (const file of files) {
    for (const { entry, problem, number } of (await chain.read(folder, file)).lines) {
      if (entry !== null) entries += 1;
      if (problem !== null) problems.push({ file, line: number, kind: problem });
    }
  }
  return { entries, ...chain.head(), problems };
}
