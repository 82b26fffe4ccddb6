/**
 * `window.shell`: what only Electron can do. Absent in a browser; features ask for the capability, never for "is this
 * Electron".
 */
export interface Shell {
  /** Opens the file dialog; the chosen file's path, or null when the person cancelled. */
  chooseFile(kind: 'csv' | 'json' | 'district' | 'components' | 'base-map'): Promise<string | null>;
  /** Asks main for a port to the host; it arrives as a window message `{ type: 'host-port' }` that carries the port. */
  requestHostPort(): void;
  /** On a page of the wall: a frame was drawn within this second. Main reloads a wall that does not say so (W6). */
  wallBeat?(): void;
  /** Called when the host process has ended or is up again. */
  onHostState(listener: (state: HostProcessState) => void): () => void;
}

/** `failed` is final: main gave up restarting, or the host refused to start; `message` says why. */
export interface HostProcessState {
  readonly state: 'starting' | 'ready' | 'restarting' | 'failed';
  readonly message: string;
}

/** Names of the few IPC channels; raw IPC appears in shell-api, host-process and preload only. */
export const shellChannels = {
  chooseFile: 'shell:choose-file',
  requestHostPort: 'shell:request-host-port',
  hostPort: 'shell:host-port',
  hostState: 'shell:host-state',
} as const;

/** `type` of the window message by which the preload passes the port on. */
export const hostPortMessage = 'host-port';
