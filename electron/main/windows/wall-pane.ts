import { app, type BrowserWindow } from 'electron';
import { report } from '../report.ts';
import { softwareLimits, usualLimits, WallWatch, type Verdict } from '../wall-watch.ts';
import type { StillPicture } from '../wall-still.ts';
import { createWindow } from './create-window.ts';
import type { Area } from './window-place.ts';

const pictureEveryMs = 60_000;
const pictureQuality = 80;
const background = '#0b0d10';

interface PaneParts {
  readonly name: string;
  readonly preload: string;
  /** Where it opens, small: a window's size is cut to the display where it starts (M3). */
  readonly near: Area;
  readonly page: string;
  /** The page that stands still, for when the other one fails again and again. */
  readonly still: string;
  /** A key, as `KeyboardEvent.key` has it. None reaches the page. */
  pressed(key: string): void;
  /** The window is gone, and not because {@link WallPane.close} was called. */
  lost(): void;
}

/** One window of the wall with its page, and who watches over it. */
export interface WallPane {
  readonly window: BrowserWindow;
  /** What it was last told to cover; null: nothing yet. */
  area: Area | null;
  isMisplaced: boolean;
  readonly picture: StillPicture | null;
  load(): void;
  beat(): void;
  /** Once a second. */
  look(): void;
  close(): void;
}

/** Opens a window of the wall, small and hidden, without frame, menu or keyboard. */
export function openWallPane(parts: PaneParts): WallPane {
  const { name, near } = parts;
  const window = createWindow('wall', parts.preload, {
    x: near.x,
    y: near.y,
    width: Math.min(640, near.width),
    height: Math.min(360, near.height),
    show: false,
    frame: false,
    enableLargerThanScreen: true,
    title: `Grid Command 网格指挥台 ${name}`,
    backgroundColor: background,
  });
  const { webContents } = window;
  const watch = new WallWatch(hasGraphicsCard() ? usualLimits : softwareLimits, performance.now());
  let picture: StillPicture | null = null;
  let pictureAt = 0;
  let hasBeaten = false;
  let isClosing = false;
  let isBeingEnded = false;

  const load = (): void => {
    const page = watch.hasGivenUp ? parts.still : parts.page;
    window.loadURL(page).catch((cause: unknown) => {
      if (!window.isDestroyed()) report(`${name} cannot be shown: ${String(cause)}`);
    });
  };
  const obey = (verdict: Verdict, why: string): void => {
    if (verdict === 'fine') return;
    const what = verdict === 'reload' ? 'it is loaded again' : 'it failed again and again and stands still now';
    report(`${name}: ${why}; ${what}`);
    if (webContents.isCrashed()) return load();
    // A page that hangs can't be loaded anew: its process is ended first.
    isBeingEnded = true;
    webContents.forcefullyCrashRenderer();
  };
  const takePicture = async (now: number): Promise<void> => {
    pictureAt = now;
    const image = await webContents.capturePage();
    if (!image.isEmpty()) picture = { jpeg: new Uint8Array(image.toJPEG(pictureQuality)), at: Date.now() };
  };

  window.removeMenu();
  webContents.setIgnoreMenuShortcuts(true);
  webContents.on('before-input-event', (event, { type, key }) => {
    event.preventDefault();
    if (type === 'keyDown') parts.pressed(key);
  });
  webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (isMainFrame && !isSameDocument) watch.loading(performance.now());
  });
  webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || isClosing) return;
    if (isBeingEnded) {
      isBeingEnded = false;
      return load();
    }
    obey(watch.ended(performance.now()), `its page ended (${reason})`);
  });
  // A window manager's keys do not close it; destroy() does, and asks nobody.
  window.on('close', (event) => event.preventDefault());
  window.on('closed', () => {
    if (!isClosing) parts.lost();
  });
  load();

  return {
    window,
    area: null,
    isMisplaced: false,
    get picture() {
      return picture;
    },
    load,
    beat: () => {
      hasBeaten = true;
      watch.beat(performance.now());
    },
    look: () => {
      if (window.isDestroyed()) return;
      const now = performance.now();
      const wantsPicture = hasBeaten && !watch.hasGivenUp && now - pictureAt >= pictureEveryMs;
      hasBeaten = false;
      if (wantsPicture) takePicture(now).catch((cause: unknown) => report(`${name}: no picture: ${String(cause)}`));
      obey(watch.look(now), 'it draws no frames');
    },
    close: () => {
      isClosing = true;
      if (!window.isDestroyed()) window.destroy();
    },
  };
}

function hasGraphicsCard(): boolean {
  return app.getGPUFeatureStatus().gpu_compositing === 'enabled';
}
