import type { Step } from '#domain/simulation/case-steps.ts';
import type { Sent } from './sent.ts';

/** Begins the id of every command of the simulator: by it, its acts are told from those of people. */
const PREFIX = 'demo:';

export function isSimulated(commandId: string): boolean {
  return commandId.startsWith(PREFIX);
}

/** The same report of the same run has the same id, however often its channel sends it. `run` differs from start to start. */
export function reportId(run: number, key: string): string {
  return `${PREFIX}${run}:${key}`;
}

/** A step is done once: its id is the case and the version it was decided on. */
export function stepCommand({ actor, body }: Step, caseId: string, version: number): Sent {
  return { command: { id: `${PREFIX}${caseId}:${version}`, actor, body }, on: { caseId, version } };
}
