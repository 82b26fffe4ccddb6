import { BrowserWindow, type BrowserWindowConstructorOptions } from 'electron';

/** Kinds of windows; the kind decides what a window may ask for. */
export type WindowKind = 'desk' | 'wall';

/** The session of the wall's pages: what they fetch goes to the host with the wall's token, never with the operator's. */
export const wallPartition = 'wall';

const kinds = new Map<number, WindowKind>();

/**
 * The only place that makes a window: sandboxed, isolated, without Node, without spell checking (it would fetch
 * dictionaries).
 *
 * @param preload full path of the window's preload
 */
export function createWindow(
  kind: WindowKind,
  preload: string,
  options: Omit<BrowserWindowConstructorOptions, 'webPreferences'>,
): BrowserWindow {
  const window = new BrowserWindow({
    ...options,
    webPreferences: {
      preload,
      ...(kind === 'wall' ? { partition: wallPartition } : {}),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      // An operator's screen must stay live behind another window.
      backgroundThrottling: false,
    },
  });
  const { id } = window.webContents;
  kinds.set(id, kind);
  window.once('closed', () => kinds.delete(id));
  return window;
}

/** The kind of the window behind a `webContents` id; null if we did not make it. */
export function windowKind(webContentsId: number): WindowKind | null {
  return kinds.get(webContentsId) ?? null;
}
