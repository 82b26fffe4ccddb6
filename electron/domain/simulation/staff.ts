import type { Actor, Role } from '#domain/access/roles.ts';
import type { Random } from '#domain/base/random.ts';

/** Staff of the simulated city, pseudonymous (JN12): posts with numbers, never names. */
const DESK_SEATS = 8;
const PEOPLE_PER_UNIT = 4;

/** One of the desk's eight seats (live-and-storage.md §6) in one post. */
export function deskActor(
  role: Extract<Role, 'ACCEPTOR' | 'DISPATCHER' | 'SHIFT_LEADER' | 'LEADER' | 'HOTLINE_DESK'>,
  random: Random,
): Actor {
  return { id: `${role.toLowerCase()}-${random.integer(1, DESK_SEATS)}`, roles: [role], unit: null };
}

/** One of the eight who review appeals; `review` 0 and 1 are never the same person. */
export function reviewer(review: number, random: Random): Actor {
  const first = review % 2 === 0 ? 1 : DESK_SEATS / 2 + 1;
  return { id: `evaluator-${random.integer(first, first + DESK_SEATS / 2 - 1)}`, roles: ['EVALUATOR'], unit: null };
}

export function unitActor(unit: string): Actor {
  return { id: `dept-${unit}`, roles: ['DEPT'], unit };
}

/** 便民电话专班 of a township. */
export function townshipDesk(unit: string): Actor {
  return { id: `hotline-${unit}`, roles: ['HOTLINE_DESK'], unit };
}

export function handlerId(unit: string, random: Random): string {
  return `handler-${unit}-${random.integer(1, PEOPLE_PER_UNIT)}`;
}

/** Whoever took the case in the unit that holds it. */
export function handlerActor(id: string, unit: string): Actor {
  return { id, roles: ['HANDLER'], unit };
}

/** A collector of the grid, none of those who must not look at the case again (采办分离). */
export function collectorId(grid: string, random: Random, others: readonly (string | null)[] = []): string {
  const first = random.integer(1, PEOPLE_PER_UNIT);
  const ids = Array.from({ length: PEOPLE_PER_UNIT }, (_, index) => {
    return `collector-${grid}-${((first + index - 1) % PEOPLE_PER_UNIT) + 1}`;
  });
  return ids.find((id) => !others.includes(id)) ?? `collector-${grid}-${PEOPLE_PER_UNIT + 1}`;
}

export function collectorActor(id: string, grid: string): Actor {
  return { id, roles: ['COLLECTOR'], unit: grid };
}

/** A camera's analysis or another system: it reports, and does nothing else. */
export const machineActor: Actor = { id: 'machine-reports', roles: ['SYSTEM'], unit: null };

/** The city's 12345 centre: it issues tickets, calls back and says what the caller answered. */
export const cityCentre: Actor = { id: 'city-12345', roles: ['SYSTEM'], unit: null };
