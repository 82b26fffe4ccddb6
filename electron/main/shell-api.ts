import { BrowserWindow, dialog, ipcMain, MessageChannelMain, type MessagePortMain, type WebFrameMain } from 'electron';
import { z } from '#contract/schema.ts';
import { shellChannels, type HostProcessState, type Shell } from '#contract/shell.ts';
import { isAppUrl } from './app-origin.ts';
import type { HostProcess } from './host-process.ts';
import { report } from './report.ts';
import { windowKind } from './windows/create-window.ts';

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
    const window = trustedWindow(event.sender, event.senderFrame, shellChannels.chooseFile);
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
    if (windowKind(sender.id) !== 'desk') return;
    host.giveOperatorPort(sender.id, () => {
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

/** The window of the sender if it is the main frame of a window we made and shows one of our pages. */
function trustedWindow(
  sender: Electron.WebContents,
  frame: WebFrameMain | null,
  channel: string,
): BrowserWindow | null {
  const window = BrowserWindow.fromWebContents(sender);
  const isTrusted =
    frame !== null && frame === sender.mainFrame && isAppUrl(frame.url) && windowKind(sender.id) !== null;
  if (isTrusted && window !== null) return window;
  report(`refused ${channel} from ${frame?.url.slice(0, 200) ?? 'a frame that is gone'}`);
  return null;
}
