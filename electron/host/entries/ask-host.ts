import WebSocket from 'ws';
import type { MethodName } from '#contract/api.ts';
import type { WireError } from '#contract/errors.ts';
import { HostFrame, protocolVersion, type ClientFrame } from '#contract/wire.ts';
import type { HostFile } from './host-file.ts';

export type Answer =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'failure'; readonly error: WireError }
  | { readonly kind: 'unreachable'; readonly reason: string };

/** Asks a running host one thing, over a connection of its own. */
export function askHost({ url, token }: HostFile, method: MethodName, input: unknown): Promise<Answer> {
  const address = new URL(url);
  const socket = new WebSocket(`ws://${address.host}/wire`, { origin: address.origin });
  const send = (frame: ClientFrame) => socket.send(JSON.stringify(frame));
  return new Promise((settle) => {
    const end = (answer: Answer) => {
      settle(answer);
      socket.close();
    };
    socket.on('error', (cause) => settle({ kind: 'unreachable', reason: cause.message }));
    socket.on('close', () => settle({ kind: 'unreachable', reason: 'the connection ended before the answer' }));
    socket.on('open', () => send({ type: 'hello', protocol: protocolVersion, token }));
    socket.on('message', (data) => {
      const frame = HostFrame.parse(JSON.parse((data as Buffer).toString()));
      if (frame.type === 'welcome') {
        send({ type: 'call', id: '1', method, input: input as Extract<ClientFrame, { type: 'call' }>['input'] });
      }
      if (frame.type === 'rejected') end({ kind: 'failure', error: frame.error });
      if (frame.type === 'result') end({ kind: 'value', value: frame.value });
      if (frame.type === 'failure') end({ kind: 'failure', error: frame.error });
    });
  });
}
