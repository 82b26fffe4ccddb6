import { principalKinds } from '#domain/access/permissions.ts';
import { errorCodes } from './errors.ts';
import { Instant, z } from './schema.ts';

/** Goes up when a frame changes its meaning. Both ends must have the same. */
export const protocolVersion = 1;

/** A frame of a client is at most this long, in UTF-16 units of its JSON text; a longer one ends the connection. */
export const maxFrameLength = 1024 * 1024;

/** At most this many items in one part of a snapshot or one delta batch. */
export const maxBatchItems = 1_000;

/** At most this many changed items wait per subscription; more means `lost`. */
export const maxWaitingItems = 1_000;

const Id = z.string().min(1).max(64);
const WireErrorFrame = z.object({ code: z.enum(errorCodes), detail: z.record(z.string(), z.string()) });

/**
 * What a client sends. Frames are made from JSON text, so their contents are JSON; what of it a method or stream takes is
 * said by its own schema. The first frame is `hello`; `token` is asked for by the WebSocket, a MessagePort needs none.
 * `after` of a `watch` is the last sequence drawn, to resume. `ack` names the last batch drawn; only then is the next
 * one sent.
 */
export const ClientFrame = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), protocol: z.int(), token: z.string().max(200).optional() }),
  z.object({ type: z.literal('call'), id: Id, method: z.string().max(80), input: z.unknown() }),
  z.object({ type: z.literal('cancel'), id: Id }),
  z.object({
    type: z.literal('watch'),
    id: Id,
    stream: z.string().max(80),
    input: z.unknown(),
    after: z.int().optional(),
  }),
  z.object({ type: z.literal('unwatch'), id: Id }),
  z.object({ type: z.literal('ack'), id: Id, batch: z.int() }),
  z.object({ type: z.literal('ping') }),
]);
export type ClientFrame = z.infer<typeof ClientFrame>;

/**
 * What the host sends. `snapshot` replaces everything the client holds of that stream, from its part 0 on; it is whole
 * when `isLast`. `delta` adds to it. `lost`: too much waited; watch again with `after` = `resumeFrom`.
 * `rejected` answers a bad `hello` or an unreadable frame, and the connection ends.
 */
export const HostFrame = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('welcome'),
    protocol: z.int(),
    principal: z.object({ kind: z.enum(principalKinds), id: z.string() }),
    hostTime: Instant,
    sequence: z.int(),
    journalId: z.string(),
    version: z.string(),
  }),
  z.object({ type: z.literal('rejected'), error: WireErrorFrame }),
  z.object({ type: z.literal('result'), id: Id, ok: z.literal(true), value: z.unknown() }),
  z.object({ type: z.literal('failure'), id: Id, error: WireErrorFrame }),
  z.object({
    type: z.literal('snapshot'),
    id: Id,
    batch: z.int(),
    part: z.int(),
    isLast: z.boolean(),
    sequence: z.int(),
    items: z.array(z.unknown()),
  }),
  z.object({ type: z.literal('delta'), id: Id, batch: z.int(), sequence: z.int(), items: z.array(z.unknown()) }),
  z.object({ type: z.literal('lost'), id: Id, resumeFrom: z.int() }),
  z.object({ type: z.literal('pong'), hostTime: Instant, sequence: z.int() }),
]);
export type HostFrame = z.infer<typeof HostFrame>;

export type Unsubscribe = () => void;

/**
 * All a transport is: text frames in order, and news of the end. What was sent before `close` arrives before the other
 * end hears of it. After the end `send` does nothing and nothing more arrives.
 */
export interface Transport {
  send(text: string): void;
  onMessage(listener: (text: string) => void): Unsubscribe;
  /** Called once; at once if the transport has ended already. */
  onClosed(listener: (reason: string) => void): Unsubscribe;
  close(reason: string): void;
}
