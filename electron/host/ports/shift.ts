import type { WireError } from '#contract/errors.ts';
import type { HandoverForm, HandoverRow, ShiftState } from '#contract/shift.ts';
import type { Result } from '#domain/base/result.ts';

/** A PIN that somebody typed; `isNewPin` sets it for one who has none. */
export interface TypedPin {
  readonly person: string;
  readonly pin: string;
  readonly isNewPin: boolean;
}

/** `hash`: the form that the incoming person has read. */
export type HandoverSigning = TypedPin &
  ({ readonly side: 'outgoing' } | { readonly side: 'incoming'; readonly hash: string });

type Done = Promise<Result<null, WireError>>;

/** The seat 席位: who is on duty, and the handover 交接班 (decision 24). What is answered with a value is durable. */
export interface Shift {
  state(): ShiftState;
  onChanged(listener: () => void): () => void;
  preview(): Promise<Result<HandoverForm, WireError>>;
  /** Newest first, before that number. */
  list(before: number | null, limit: number): readonly HandoverRow[];
  open(number: number): Promise<Result<HandoverForm, WireError>>;
  signOn(typed: TypedPin): Done;
  write(key: string, text: string): Done;
  mark(keys: readonly string[], isKnown: boolean): Done;
  sign(signing: HandoverSigning): Done;
  withdraw(): Done;
  /** Counts also when it can't be recorded, as {@link Shift.unlock} does: a full disk must not keep a desk covered or open. */
  lock(by: 'key' | 'idle'): Done;
  unlock(pin: string): Done;
  resetPin(person: string): Done;
  release(): Done;
}
