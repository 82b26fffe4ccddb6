import { api, isMethodName, type MethodName, type OutputOf, type ParsedInputOf } from '#contract/api.ts';
import type { WireError } from '#contract/errors.ts';
import type { z } from '#contract/schema.ts';
import { isAllowed, type Principal } from '#domain/access/permissions.ts';
import { refused, type Result } from '#domain/base/result.ts';
import type { Log } from '#host/ports/log.ts';
import { ProjectionUnavailable } from '#host/ports/projection.ts';

export interface CallContext {
  readonly principal: Principal;
  /** Aborted when the caller cancels or goes away. */
  readonly signal: AbortSignal;
}

/** One handler for each method of the contract; a missing or extra one is a compile error. */
export type Handlers = {
  readonly [Name in MethodName]: (
    input: ParsedInputOf<Name>,
    context: CallContext,
  ) => Promise<Result<OutputOf<Name>, WireError>>;
};

export type Dispatch = (method: string, input: unknown, context: CallContext) => Promise<Result<unknown, WireError>>;

/**
 * The door of every call, in this order: method known → input fits its schema → permission → handler (security.md I1).
 * What needs a case that is not in memory is refused while the archive cannot be asked. A fault of ours is answered as `internal`, without its words, and logged.
 */
export function createDispatcher(handlers: Handlers, log: Log): Dispatch {
  return async (method, input, context) => {
    if (!isMethodName(method)) return refuse('unknown_method', { method: method.slice(0, 80) });
    const parsed = api[method].input.safeParse(input);
    if (!parsed.success) return refuse('bad_input', firstIssue(parsed.error));
    if (!isAllowed(context.principal, api[method].needs)) return refuse('forbidden', { needs: api[method].needs });
    try {
      return await call(handlers, method, parsed.data, context);
    } catch (cause) {
      if (cause instanceof ProjectionUnavailable) return refuse('archive_unavailable');
      log.error('a call failed', {
        method,
        reason: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause),
      });
      return refuse('internal');
    }
  };
}

function call(
  handlers: Handlers,
  method: MethodName,
  input: unknown,
  context: CallContext,
): Promise<Result<unknown, WireError>> {
  // The input was parsed by this very method's schema, which the compiler can't follow through a union of names.
  const handler = handlers[method] as (input: unknown, context: CallContext) => Promise<Result<unknown, WireError>>;
  return handler(input, context);
}

/** Where and what, for people: `field` is a path as in `filter.state`. */
export function firstIssue(error: z.ZodError): Readonly<Record<string, string>> {
  const issue = error.issues[0];
  return {
    field: (issue?.path.join('.') ?? '').slice(0, 200),
    problem: (issue?.message ?? 'does not fit').slice(0, 200),
  };
}

export function refuse(code: WireError['code'], detail: WireError['detail'] = {}): Result<never, WireError> {
  return refused({ code, detail });
}
