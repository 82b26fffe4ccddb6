import type { Actor, Role } from '#domain/access/roles.ts';
import type { Random } from '#domain/base/random.ts';

/** Staff of the simulated city, pseudonymous (JN12): posts with numbers, never names. */
const DESK_SEATS = 8;
const PEOPLE_PER_UNIT = 4;

/** One of the desk's eight seats (live-and-storage.md §6) in one post. */
export function deskActor(role: Extract<Role, 'ACCEPTOR' | 'DISPATCHER'>, random: Random): Actor {
  return { id: `${role.toLowerCase()}-${random.integer(1, DESK_SEATS)}`, roles: [role], unit: null };
}

export function unitActor(unit: string): Actor {
  return { id: `dept-${unit}`, roles: ['DEPT'], unit };
}

export function handlerId(unit: string, random: Random): string {
  return `handler-${unit}-${random.integer(1, PEOPLE_PER_UNIT)}`;
}

/** Whoever took the case in the unit that holds it. */
export function handlerActor(id: string, unit: string): Actor {
  return { id, roles: ['HANDLER'], unit };
}

export function collectorId(grid: string, random: Random): string {
  return `collector-${grid}-${random.integer(1, PEOPLE_PER_UNIT)}`;
}

export function collectorActor(id: string, grid: string): Actor {
  return { id, roles: ['COLLECTOR'], unit: grid };
}

/** A camera's analysis or another system: it reports, and does nothing else. */
export const machineActor: Actor = { id: 'machine-reports', roles: ['SYSTEM'], unit: null };
