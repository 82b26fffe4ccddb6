import { BrowserWindow, dialog, ipcMain, MessageChannelMain, type MessagePortMain, type WebFrameMain } from 'electron';
import { z } from '#contract/schema.ts';
import {
  shellChannels,
  type HostProcessState,
  type Shell,
  type WallNotice,
  type WallWindowsState,
} from '#contract/shell.ts';
import { isAppUrl } from './app-origin.ts';
import type { HostProcess } from './host-process.ts';
import { report } from './report.ts';
import { windowKind, type WindowKind } from './windows/create-window.ts';
import type { WallWindows } from './windows/wall-windows.ts';

const FileKind = z.enum(['csv', 'json', 'district', 'components', 'base-map']) satisfies z.ZodType<
  Parameters<Shell['chooseFile']>[0]
>;

const fileFilters = {
  csv: { name: 'CSV', extensions: ['csv', 'tsv', 'txt'] },
  components: { name: 'CSV, GeoJSON', extensions: ['csv', 'tsv', 'txt', 'json', 'geojson', 'geojsonl'] },
  json: { name: 'JSON', extensions: ['json', 'geojson', 'topojson'] },
  district: {
    name: 'GeoJSON, TopoJSON, Shapefile (zip), GeoPackage',
    extensions: ['geojson', 'geojsonl', 'json', 'topojson', 'zip', 'gpkg'],
  },
  'base-map': { name: 'PMTiles, MBTiles', extensions: ['pmtiles', 'mbtiles'] },
} as const;

/**
 * The door between pages and main: trusted sender first, then the shape, then the act. Main hands out ports and never sees
 * what goes through them.
 */
export function serveShell(host: HostProcess<MessagePortMain>): void {
  ipcMain.handle(shellChannels.chooseFile, async (event, input: unknown) => {
    const window = trustedWindow(event.sender, event.senderFrame, shellChannels.chooseFile, ['desk']);
    if (window === null) throw new Error('forbidden');
    const { name, extensions } = fileFilters[FileKind.parse(input)];
    const chosen = await dialog.showOpenDialog(window, {
      properties: ['openFile'],
      filters: [{ name, extensions: [...extensions] }],
    });
    return chosen.filePaths[0] ?? null;
  });

  ipcMain.on(shellChannels.requestHostPort, (event) => {
    const { sender, senderFrame } = event;
    if (trustedWindow(sender, senderFrame, shellChannels.requestHostPort) === null) return;
    const principal = windowKind(sender.id) === 'desk' ? 'operator' : 'wall';
    host.givePort(sender.id, principal, () => {
      if (sender.isDestroyed()) return null;
      const { port1, port2 } = new MessageChannelMain();
      sender.postMessage(shellChannels.hostPort, null, [port1]);
      return port2;
    });
  });
}

/** Tells every window of ours how the host is, now and whenever it changes. */
export function tellHostState(host: HostProcess<MessagePortMain>): void {
  const send = (window: BrowserWindow, state: HostProcessState): void => {
    if (windowKind(window.webContents.id) !== null) window.webContents.send(shellChannels.hostState, state);
  };
  host.onState((state) => BrowserWindow.getAllWindows().forEach((window) => send(window, state)));
  ipcMain.on(shellChannels.hostState, (event) => {
    const window = trustedWindow(event.sender, event.senderFrame, shellChannels.hostState);
    if (window !== null) send(window, host.state);
  });
}

const WallChoice = z.strictObject({ displays: z.array(z.int()).min(1).max(64), isSpanning: z.boolean() });
const Pin = z
  .string()
  .regex(/^\d{4,8}$/)
  .nullable();

/** What a desk may do with the wall's windows, and what the wall's pages say. */
export function serveWallWindows(walls: WallWindows): void {
  const serve = (channel: string, act: (input: unknown) => WallWindowsState | Promise<WallWindowsState>): void =>
    ipcMain.handle(channel, (event, input: unknown) => {
      if (trustedWindow(event.sender, event.senderFrame, channel, ['desk']) === null) throw new Error('forbidden');
      return act(input);
    });
  serve(shellChannels.wallState, () => walls.state());
  serve(shellChannels.wallOpen, (input) => walls.open(WallChoice.parse(input)));
  serve(shellChannels.wallClose, () => walls.close());
  serve(shellChannels.wallPin, (input) => walls.setPin(Pin.parse(input)));
  walls.onState((state) => {
    for (const window of BrowserWindow.getAllWindows()) {
      if (windowKind(window.webContents.id) === 'desk') window.webContents.send(shellChannels.wallState, state);
    }
  });
  ipcMain.on(shellChannels.wallBeat, ({ sender, senderFrame }) => {
    if (trustedWindow(sender, senderFrame, shellChannels.wallBeat, ['wall']) !== null) walls.beat(sender.id);
  });
  ipcMain.on(shellChannels.wallNotice, ({ sender, senderFrame }) => {
    const window = trustedWindow(sender, senderFrame, shellChannels.wallNotice, ['wall']);
    if (window !== null) tellWall(window, walls.noticeFor(sender.id));
  });
}

/** Tells a page of the wall what to say beside the picture. */
export function tellWall(window: BrowserWindow, notice: WallNotice): void {
  if (!window.isDestroyed()) window.webContents.send(shellChannels.wallNotice, notice);
}

/** The window of the sender if it is the main frame of a window of these kinds, made by us, and shows one of our pages. */
function trustedWindow(
  sender: Electron.WebContents,
  frame: WebFrameMain | null,
  channel: string,
  kinds: readonly WindowKind[] = ['desk', 'wall'],
): BrowserWindow | null {
  const window = BrowserWindow.fromWebContents(sender);
  const kind = windowKind(sender.id);
  const isKind = kind !== null && kinds.includes(kind);
  const isTrusted = frame !== null && frame === sender.mainFrame && isAppUrl(frame.url) && isKind;
  if (isTrusted && window !== null) return window;
  report(`refused ${channel} from ${frame?.url.slice(0, 200) ?? 'a frame that is gone'}`);
  return null;
}
