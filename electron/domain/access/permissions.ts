import type { Role } from './roles.ts';

/** What a connection may do. A method or stream of the contract needs exactly one of these. */
export const permissions = [
  'alarm.act',
  'audit.read',
  'backup.run',
  'basemap.edit',
  'briefing.page',
  'briefing.read',
  'briefing.edit',
  'case.read',
  'case.act',
  'district.edit',
  'figures.read',
  'forces.read',
  'forces.track',
  'grid.read',
  'health.read',
  'import.run',
  'journal.verify',
  'simulation.control',
  'tables.read',
  'tables.edit',
  'attachment.read',
  'attachment.write',
  'person.reveal',
  'person.erase',
  'positions.report',
  'shift.read',
  'shift.note',
  'shift.sign',
  'shift.manage',
  'wall.read',
  'wall.direct',
] as const;
export type Permission = (typeof permissions)[number];

/** Kinds of principals: a person at a desk, a wall display 大屏, a page of a briefing 简报 that is being printed, a tool on the host's machine (`ctl`). */
export const principalKinds = ['operator', 'wall', 'briefing', 'system'] as const;
export type PrincipalKind = (typeof principalKinds)[number];

/** Who is at the other end of a connection, known from the port or token it came through. `id` is pseudonymous. */
export interface Principal {
  readonly kind: PrincipalKind;
  readonly id: string;
  readonly roles: readonly Role[];
}

/**
 * The one permission table. A wall is read-only whatever it sends (architecture.md §5, 8), and sees no people: who stands
 * before it is not known. So it has streams of its own, without any words of people (decision 22), and not `case.read`. Positions
 * come from gateways, not from a desk. A PIN is reset on the host's own machine. A briefing's page reads the one document that its
 * `id` names (security.md I3).
 */
const permissionsByKind: Readonly<Record<PrincipalKind, readonly Permission[]>> = {
  operator: permissions.filter((permission) => permission !== 'positions.report' && permission !== 'shift.manage'),
  wall: ['wall.read', 'grid.read', 'health.read'],
  briefing: ['briefing.page'],
  system: permissions,
};

export function isAllowed(principal: Principal, permission: Permission): boolean {
  return permissionsByKind[principal.kind].includes(permission);
}
