import { ok } from '#domain/base/result.ts';
import type { Handlers } from '../dispatcher.ts';
import type { HostParts } from '../host-parts.ts';

/** The record of acts on the host itself. */
export function auditReads({ audit }: Pick<HostParts, 'audit'>): Pick<Handlers, 'audit.list'> {
  return {
    'audit.list': async ({ before, limit }) => {
      const found = await audit.list(before ?? null, limit);
      const last = found.at(-1);
      const next = found.length < limit || last === undefined || last.sequence === 1 ? null : last.sequence;
      return ok({ entries: found.map((entry) => ({ ...entry, detail: { ...entry.detail } })), next });
    },
  };
}
