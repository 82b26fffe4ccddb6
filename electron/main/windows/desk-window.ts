import { screen, type BrowserWindow } from 'electron';
import { deskUrl } from '../app-origin.ts';
import { report } from '../report.ts';
import { changeSettings, readSettings } from '../settings.ts';
import { createWindow } from './create-window.ts';
import { openingPlace, type Area } from './window-place.ts';

const background = '#12161c';

/**
 * Opens the desk where it was last time, and remembers where it is when it closes.
 *
 * @param preload full path of the desk's preload
 * @param settingsFile full path of the shell's settings
 */
export function openDeskWindow(preload: string, settingsFile: string): BrowserWindow {
  const { settings, problem } = readSettings(settingsFile);
  if (problem !== null) report(problem);
  const { isMaximized, ...bounds } = openingPlace(settings.deskWindow, workAreas());
  const window = createWindow('desk', preload, {
    ...bounds,
    minWidth: 960,
    minHeight: 600,
    show: false,
    title: 'Grid Command 网格指挥台',
    backgroundColor: background,
  });
  if (isMaximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => {
    const place = { ...window.getNormalBounds(), isMaximized: window.isMaximized() };
    try {
      changeSettings(settingsFile, { deskWindow: place });
    } catch (cause) {
      report(`the window's place could not be remembered: ${String(cause)}`);
    }
  });
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    report(`the desk's page ended (${reason}); it is loaded again`);
    window.webContents.reload();
  });
  window.loadURL(deskUrl).catch((cause: unknown) => report(`the desk cannot be shown: ${String(cause)}`));
  return window;
}

function workAreas(): readonly [Area, ...Area[]] {
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id);
  return [primary.workArea, ...others.map(({ workArea }) => workArea)];
}
