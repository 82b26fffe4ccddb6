import type { Shell } from '#contract/shell.ts';
import { hostPortMessage } from '#contract/shell.ts';
import type { Transport } from '#contract/wire.ts';
import { messagePortTransport } from './transports/message-port.ts';
import { webSocketTransport } from './transports/web-socket.ts';

declare global {
  interface Window {
    /** What only Electron can do; absent in a browser. */
    readonly shell?: Shell;
  }
}

const TOKEN_KEY = 'grid-command-token';

/**
 * The token of this browser tab: out of the printed address (`#token=…`), then remembered for the tab and taken out of
 * the address, so that it is in no bookmark and on no screen. Null in Electron, where the port is the right.
 */
export function uploadToken(): string | null {
  const fromAddress = new URLSearchParams(location.hash.slice(1)).get('token');
  if (fromAddress !== null) {
    sessionStorage.setItem(TOKEN_KEY, fromAddress);
    history.replaceState(history.state, '', location.pathname + location.search);
  }
  return sessionStorage.getItem(TOKEN_KEY);
}

/** A transport to the host: a port from Electron's main process where there is one, else a WebSocket to our origin. */
export function connectTransport(): Promise<Transport> {
  const { shell } = window;
  if (shell !== undefined) return portFromShell(shell);
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  return webSocketTransport(`${scheme}://${location.host}/wire`);
}

function portFromShell(shell: Shell): Promise<Transport> {
  return new Promise((resolve) => {
    const heard = (event: MessageEvent<unknown>) => {
      const [port] = event.ports;
      if (event.source !== window || !isHostPort(event.data) || port === undefined) return;
      window.removeEventListener('message', heard);
      const transport = messagePortTransport(port);
      const stop = shell.onHostState(({ state, message }) => {
        if (state === 'ready') return;
        stop();
        transport.closed(message);
      });
      resolve(transport);
    };
    window.addEventListener('message', heard);
    shell.requestHostPort();
  });
}

function isHostPort(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'type' in data && data.type === hostPortMessage;
}
