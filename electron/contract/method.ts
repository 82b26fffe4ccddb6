import type { Permission } from '#domain/access/permissions.ts';
import type { ErrorCode } from './errors.ts';
import type { z } from './schema.ts';

interface Common {
  readonly input: z.ZodType;
  readonly errors: readonly ErrorCode[];
  readonly needs: Permission;
  /** One line for `ctl --help`. */
  readonly about: string;
  /** An input that works on the default district, for `ctl --help`. */
  readonly example: unknown;
}

export interface Method extends Common {
  readonly kind: 'method';
  readonly output: z.ZodType;
}

/** A bounded stream of items: a snapshot, then deltas. Items with the same key replace each other while they wait. */
export interface Stream extends Common {
  readonly kind: 'stream';
  readonly item: z.ZodType;
}

export function method<const Spec extends Omit<Method, 'kind'>>(spec: Spec) {
  return { kind: 'method', ...spec } as const;
}

export function stream<const Spec extends Omit<Stream, 'kind'>>(spec: Spec) {
  return { kind: 'stream', ...spec } as const;
}
