import type { Handlers } from './dispatcher.ts';
import { alarmHandlers } from './handlers/alarms.ts';
import { auditReads } from './handlers/audit.ts';
import { boardReads } from './handlers/board.ts';
import { attachmentHandlers } from './handlers/attachments.ts';
import { backupHandlers } from './handlers/backup.ts';
import { baseMapHandlers } from './handlers/base-maps.ts';
import { briefingHandlers } from './handlers/briefings.ts';
import { caseActs } from './handlers/case-acts.ts';
import { caseReads } from './handlers/case-reads.ts';
import { caseRuleReads } from './handlers/case-rules.ts';
import { componentHandlers } from './handlers/components.ts';
import { districtHandlers } from './handlers/district.ts';
import { figureReads } from './handlers/figures.ts';
import { foresightReads } from './handlers/foresight.ts';
import { forceHandlers } from './handlers/forces.ts';
import { hostReads } from './handlers/host-reads.ts';
import { peopleHandlers } from './handlers/people.ts';
import { referenceHandlers } from './handlers/reference.ts';
import { sameCauseReads } from './handlers/same-cause.ts';
import { shiftHandlers } from './handlers/shift.ts';
import { wallHandlers } from './handlers/wall.ts';
import { warningReads } from './handlers/warnings.ts';
import { withAudit } from './audited.ts';
import type { HostParts } from './host-parts.ts';

/** All methods of the contract; those that act on the host itself are on record. */
export function createHandlers(parts: HostParts): Handlers {
  const handlers = {
    ...hostReads(parts),
    ...districtHandlers(parts),
    ...caseReads(parts),
    ...caseRuleReads(parts),
    ...sameCauseReads(parts),
    ...caseActs(parts),
    ...referenceHandlers(parts),
    ...warningReads(parts),
    ...boardReads(parts),
    ...attachmentHandlers(parts),
    ...peopleHandlers(parts),
    ...backupHandlers(parts),
    ...auditReads(parts),
    ...forceHandlers(parts),
    ...figureReads(parts),
    ...foresightReads(parts),
    ...componentHandlers(parts),
    ...baseMapHandlers(parts),
    ...briefingHandlers(parts),
    ...wallHandlers(parts),
    ...alarmHandlers(parts),
    ...shiftHandlers(parts),
  };
  return withAudit(handlers, parts.audit);
}
