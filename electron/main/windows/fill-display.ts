import { isSameArea } from '../display-layout.ts';
import type { Area } from './window-place.ts';

/** The part of a `BrowserWindow` that is used to place it. */
export interface PlaceableWindow {
  isDestroyed(): boolean;
  isVisible(): boolean;
  showInactive(): void;
  isFullScreen(): boolean;
  setFullScreen(isFull: boolean): void;
  setKiosk(isKiosk: boolean): void;
  setBounds(bounds: Area): void;
  getContentBounds(): Area;
}

const tries = 3;
const betweenMs = 500;

/**
 * Makes a window cover an area to the pixel (W2): moved and sized, then full screen, then compared, three times; then kiosk. A
 * window manager gives no full screen on a display that is named, and none over several: hence first the place, and for a picture
 * over several displays no full screen at all.
 *
 * @param isOneDisplay whether the area is one display
 * @param wait milliseconds
 * @returns whether it covers the area; true as well for a window that was closed meanwhile
 */
export async function fillDisplay(
  window: PlaceableWindow,
  area: Area,
  isOneDisplay: boolean,
  wait: (ms: number) => Promise<void>,
): Promise<boolean> {
  const isRight = () => window.isDestroyed() || isSameArea(window.getContentBounds(), area);
  for (let count = 0; count < tries; count += 1) {
    if (window.isDestroyed()) return true;
    if (window.isFullScreen()) {
      window.setFullScreen(false);
      await wait(betweenMs);
      if (window.isDestroyed()) return true;
    }
    window.setBounds(area);
    if (!window.isVisible()) window.showInactive();
    if (isOneDisplay) window.setFullScreen(true);
    await wait(betweenMs);
    if (isRight()) return true;
  }
  if (window.isDestroyed()) return true;
  if (isOneDisplay) window.setKiosk(true);
  else window.setBounds(area);
  await wait(betweenMs);
  return isRight();
}
