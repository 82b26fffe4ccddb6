import type { Health } from '#contract/health.ts';
import type { HostOptions } from '#contract/host-process.ts';
import type { Cases } from './ports/cases.ts';
import type { HealthFacts } from './ports/health.ts';
import type { Journal } from './ports/journal.ts';
import type { Projection } from './ports/projection.ts';

export interface HealthInputs {
  readonly options: HostOptions & { readonly dataFolder: string };
  readonly startedAt: number;
  readonly now: number;
  readonly facts: Pick<HealthFacts, 'list'>;
  readonly journal: Journal;
  readonly projection: Projection;
  readonly cases: Pick<Cases, 'counts'>;
  readonly simulator: { state(): Health['simulation']['state']; readonly speed: number; readonly ratePerHour: number };
  readonly connections: number;
  readonly district: string;
}

/** The host's health as a client gets it. */
export function healthReport(inputs: HealthInputs): Health {
  const { options, journal, projection, cases, simulator } = inputs;
  const facts = inputs.facts.list().map((fact) => ({ ...fact }));
  const head = journal.head();
  const status = projection.status();
  return {
    status: facts.some((fact) => fact.severity === 'error') ? 'error' : facts.some(isWarning) ? 'warning' : 'ok',
    version: options.version,
    hostTime: inputs.now,
    startedAt: inputs.startedAt,
    dataFolder: options.dataFolder,
    journal: {
      id: journal.id,
      sequence: head.sequence,
      hash: head.hash,
      isReadOnly: journal.readOnlyReason() !== null,
    },
    projection: { ...status, behind: Math.max(0, head.sequence - status.sequence) },
    cases: cases.counts(),
    simulation: { state: simulator.state(), speed: simulator.speed, ratePerHour: simulator.ratePerHour },
    connections: inputs.connections,
    district: inputs.district,
    facts,
  };
}

function isWarning(fact: { readonly severity: string }): boolean {
  return fact.severity === 'warning';
}
