import type { Principal, PrincipalKind } from '#domain/access/permissions.ts';
import { assertNever } from '#domain/base/assert-never.ts';
import type { Role } from '#domain/access/roles.ts';

/** The district desk: every post, since it may record an act for whoever holds the case. Sign-in comes later. */
const deskRoles: readonly Role[] = [
  'ACCEPTOR',
  'DISPATCHER',
  'SHIFT_LEADER',
  'LEADER',
  'HOTLINE_DESK',
  'EVALUATOR',
  'COLLECTOR',
  'DEPT',
  'HANDLER',
];

/** Who a connection of that kind is, until people sign in. `page`: id of the one briefing that a page may read. */
export function principalOf(kind: PrincipalKind, page = ''): Principal {
  switch (kind) {
    case 'operator':
      return { kind, id: 'desk-1', roles: deskRoles };
    case 'wall':
      return { kind, id: 'wall-1', roles: [] };
    case 'briefing':
      return { kind, id: page, roles: [] };
    case 'system':
      return { kind, id: 'ctl', roles: deskRoles };
    default:
      return assertNever(kind, 'kind of principal');
  }
}
