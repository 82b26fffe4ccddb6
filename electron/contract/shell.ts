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
  /** On a page of the wall: called with what main has to say on it, now and whenever that changes. */
  onWallNotice?(listener: (notice: WallNotice) => void): () => void;
  /** On the desk: the wall's windows on the displays of this machine. */
  readonly wall?: WallShell;
  /** Called when the host process has ended or is up again. */
  onHostState(listener: (state: HostProcessState) => void): () => void;
}

/** Opens and closes the wall's windows. Each answer is the state after it. */
export interface WallShell {
  state(): Promise<WallWindowsState>;
  open(chosen: WallChoice): Promise<WallWindowsState>;
  close(): Promise<WallWindowsState>;
  /** Four to eight digits that a person types to leave the wall; null: none, the desk is asked. */
  setPin(pin: string | null): Promise<WallWindowsState>;
  /** Called whenever displays or windows have changed. */
  onState(listener: (state: WallWindowsState) => void): () => void;
}

/** `displays`: the `id` of each that the wall gets; at least one. */
export interface WallChoice {
  readonly displays: readonly number[];
  readonly isSpanning: boolean;
}

/** The displays of this machine from left to right, and what of the wall is on them. */
export interface WallWindowsState {
  readonly isOpen: boolean;
  readonly displays: readonly WallDisplayState[];
  readonly isSpanning: boolean;
  readonly hasPin: boolean;
}

/** `width`, `height`: device pixels. `name`: of the wall's display, if it belongs to the wall. */
export interface WallDisplayState {
  /** Good until the next state. */
  readonly id: number;
  readonly label: string;
  readonly width: number;
  readonly height: number;
  readonly name: string | null;
  /** A desk window is on it. */
  readonly isDesk: boolean;
}

/** On a wall's page: `leave` while a person types the PIN, `misplaced` when the window could not be made to cover its display. */
export interface WallNotice {
  readonly leave: WallLeave | null;
  readonly isMisplaced: boolean;
}

/** How many digits were typed, and whether the last PIN was wrong. */
export interface WallLeave {
  readonly typed: number;
  readonly isWrong: boolean;
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
  wallBeat: 'shell:wall-beat',
  wallNotice: 'shell:wall-notice',
  wallState: 'shell:wall-state',
  wallOpen: 'shell:wall-open',
  wallClose: 'shell:wall-close',
  wallPin: 'shell:wall-pin',
} as const;

/** `type` of the window message by which the preload passes the port on. */
export const hostPortMessage = 'host-port';
