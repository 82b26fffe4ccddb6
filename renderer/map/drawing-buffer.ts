import type { Device } from '@luma.gl/core';
import type { Map as MapLibreMap } from 'maplibre-gl';

/**
 * Makes deck.gl take the canvas as maplibre has sized it. luma.gl notes the size when it attaches, and with its first
 * drawing puts the canvas back to it: a panel that has changed its size since then had its net drawn beside its borders,
 * until the next change.
 */
export function followCanvas(
  map: Pick<MapLibreMap, 'getCanvas' | 'on'>,
  device: Pick<Device, 'getDefaultCanvasContext'>,
) {
  const context = device.getDefaultCanvasContext();
  const follow = () => {
    const { width, height } = map.getCanvas();
    context.setDrawingBufferSize(width, height);
  };
  map.on('resize', follow);
  follow();
}
