import { api, isStreamName, type StreamName } from '#contract/api.ts';
import type { WireError } from '#contract/errors.ts';
import { ClientFrame, maxFrameLength, protocolVersion, type HostFrame, type Transport } from '#contract/wire.ts';
import { isAllowed, type Principal } from '#domain/access/permissions.ts';
import type { Clock } from '#host/ports/clock.ts';
import { firstIssue, type Dispatch } from './dispatcher.ts';
import type { StreamSource } from './stream-source.ts';
import { Subscription } from './subscription.ts';

export type StreamSources = { readonly [Name in StreamName]: StreamSource<object> };

export interface ConnectionOptions {
  readonly dispatch: Dispatch;
  readonly sources: StreamSources;
  readonly clock: Clock;
  readonly version: string;
  head(): { readonly journalId: string; readonly sequence: number };
  /** Who is at the other end, by the token of the first frame or by the port; null refuses. */
  authenticate(token: string | undefined): Principal | null;
}

const MAX_SUBSCRIPTIONS = 16;
const MAX_CALLS_UNDER_WAY = 256;

/** The host's end of one connection: hello first, then calls and streams until the transport ends. */
export function serveConnection(transport: Transport, options: ConnectionOptions): void {
  let principal: Principal | null = null;
  const calls = new Map<string, AbortController>();
  const subscriptions = new Map<string, Subscription<object>>();

  const send = (frame: HostFrame) => transport.send(JSON.stringify(frame));
  const fail = (id: string, code: WireError['code'], detail: WireError['detail'] = {}) =>
    send({ type: 'failure', id, error: { code, detail } });
  const reject = (code: WireError['code'], detail: WireError['detail'] = {}) => {
    send({ type: 'rejected', error: { code, detail } });
    transport.close(code);
  };

  const stopListening = transport.onMessage((text) => {
    const frame = readFrame(text);
    if (!frame.ok) return reject('bad_input', frame.detail);
    if (frame.value.type === 'hello' && principal === null) return greet(frame.value);
    if (frame.value.type === 'hello') return reject('bad_input', { problem: 'hello came twice' });
    if (principal === null) return reject('bad_token', { problem: 'the first frame must be hello' });
    handle(frame.value, principal);
  });
  transport.onClosed(() => {
    stopListening();
    for (const controller of calls.values()) controller.abort();
    for (const subscription of subscriptions.values()) subscription.end();
    subscriptions.clear();
  });

  function greet(hello: Extract<ClientFrame, { type: 'hello' }>): void {
    if (hello.protocol !== protocolVersion) {
      return reject('protocol_mismatch', { host: String(protocolVersion), client: String(hello.protocol) });
    }
    principal = options.authenticate(hello.token);
    if (principal === null) return reject('bad_token');
    const { journalId, sequence } = options.head();
    send({
      type: 'welcome',
      protocol: protocolVersion,
      principal: { kind: principal.kind, id: principal.id },
      hostTime: options.clock.now(),
      sequence,
      journalId,
      version: options.version,
    });
  }

  function handle(frame: Exclude<ClientFrame, { type: 'hello' }>, who: Principal): void {
    switch (frame.type) {
      case 'call':
        return void answer(frame, who);
      case 'cancel':
        return calls.get(frame.id)?.abort();
      case 'watch':
        return watch(frame, who);
      case 'unwatch':
        subscriptions.get(frame.id)?.end();
        return void subscriptions.delete(frame.id);
      case 'ack':
        return subscriptions.get(frame.id)?.acknowledge(frame.batch);
      case 'ping':
        return send({ type: 'pong', hostTime: options.clock.now(), sequence: options.head().sequence });
    }
  }

  async function answer(call: Extract<ClientFrame, { type: 'call' }>, who: Principal): Promise<void> {
    if (calls.has(call.id)) return fail(call.id, 'bad_input', { field: 'id', problem: 'is in use' });
    if (calls.size >= MAX_CALLS_UNDER_WAY) return fail(call.id, 'busy');
    const controller = new AbortController();
    calls.set(call.id, controller);
    const result = await options.dispatch(call.method, call.input, { principal: who, signal: controller.signal });
    calls.delete(call.id);
    if (controller.signal.aborted) return fail(call.id, 'cancelled');
    if (!result.ok) return fail(call.id, result.error.code, result.error.detail);
    transport.send(
      `{"type":"result","id":${JSON.stringify(call.id)},"ok":true,"value":${JSON.stringify(result.value)}}`,
    );
  }

  function watch(frame: Extract<ClientFrame, { type: 'watch' }>, who: Principal): void {
    const { id, stream } = frame;
    if (!isStreamName(stream)) return fail(id, 'unknown_method', { method: stream });
    const parsed = api[stream].input.safeParse(frame.input);
    if (!parsed.success) return fail(id, 'bad_input', firstIssue(parsed.error));
    if (!isAllowed(who, api[stream].needs)) return fail(id, 'forbidden', { needs: api[stream].needs });
    subscriptions.get(id)?.end();
    subscriptions.delete(id);
    if (subscriptions.size >= MAX_SUBSCRIPTIONS) return fail(id, 'busy');
    const forget = () => subscriptions.delete(id);
    const sendText = (text: string) => transport.send(text);
    subscriptions.set(id, new Subscription(id, options.sources[stream], frame.after, sendText, forget));
  }
}

function readFrame(
  text: string,
): { readonly ok: true; readonly value: ClientFrame } | { readonly ok: false; readonly detail: WireError['detail'] } {
  if (text.length > maxFrameLength) return { ok: false, detail: { problem: 'the frame is too long' } };
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return { ok: false, detail: { problem: 'the frame is not JSON' } };
  }
  const parsed = ClientFrame.safeParse(content);
  return parsed.success ? { ok: true, value: parsed.data } : { ok: false, detail: firstIssue(parsed.error) };
}
