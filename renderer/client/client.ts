import type { InputOf, ItemOf, MethodName, OutputOf, StreamName } from '#contract/api.ts';
import type { WireError } from '#contract/errors.ts';
import type { Unsubscribe } from '#contract/wire.ts';
import type { PrincipalKind } from '#domain/access/permissions.ts';
import type { Result } from '#domain/base/result.ts';

/**
 * `connecting` for the first time, `open`, `lost` (was open; tries again by itself), `rejected` (bad token or protocol;
 * final). `lastContactAt` is this machine's time of the last frame before the state changed, 0 before the first: the
 * object stays the same until the state changes.
 */
export interface ConnectionState {
  readonly state: 'connecting' | 'open' | 'lost' | 'rejected';
  readonly lastContactAt: number;
  readonly error: WireError | null;
  readonly principal: { readonly kind: PrincipalKind; readonly id: string } | null;
}

/** Where a stream's items go. */
export interface StreamSink<Item> {
  /** Everything held is void: a new snapshot begins. */
  reset(): void;
  /**
   * Items of a snapshot part or a delta. The batch is acknowledged, and the next one sent, when the result resolves:
   * resolve it once the items are drawn. `isComplete` is false while a snapshot is still coming in parts.
   */
  apply(
    items: readonly Item[],
    about: { readonly sequence: number; readonly isComplete: boolean },
  ): void | Promise<void>;
  /** The host refused the stream for good. */
  failed(error: WireError): void;
}

/** One connection to the host, over any transport. Streams survive a lost connection: they are watched again. */
export interface Client {
  /** Answers `unavailable` (detail.part = connection) when the connection ends first; the outcome is then unknown. */
  call<Name extends MethodName>(
    name: Name,
    input: InputOf<Name>,
    options?: { readonly signal?: AbortSignal },
  ): Promise<Result<OutputOf<Name>, WireError>>;
  watch<Name extends StreamName>(name: Name, input: InputOf<Name>, sink: StreamSink<ItemOf<Name>>): Unsubscribe;
  connection(): ConnectionState;
  onConnection(listener: (state: ConnectionState) => void): Unsubscribe;
  /** The host's time now, epoch milliseconds, from the last `welcome` or `pong` and this machine's clock since then. */
  hostNow(): number;
  close(): void;
}
