import type { Step } from '#domain/simulation/scene.ts';
import type { Sent } from './sent.ts';

/** Begins the id of every command of the simulator: by it, its acts are told from those of people. */
const PREFIX = 'demo:';

/** Commands of the host's own reactors (host/reactors), which are no acts of people either. */
const reactors = ['resume ', 'redate ', 'automatic dispatch '];

/** Whether the program acted by itself: the simulator, or a reactor on its timer. */
export function isByProgram(commandId: string): boolean {
  return [PREFIX, ...reactors].some((prefix) => commandId.startsWith(prefix));
}

/** The same report of the same run has the same id, however often its channel sends it. `run` differs from start to start. */
export function reportId(run: number, key: string): string {
  return `${PREFIX}${run}:${key}`;
}

/** A step is done once: its id is the case and the version it was decided on. */
export function stepCommand({ actor, body }: Step, caseId: string, version: number, on: Sent['on']): Sent {
  return { command: { id: `${PREFIX}${caseId}:${version}`, actor, body }, on };
}
