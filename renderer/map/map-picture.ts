import type { MapScene } from './map-scene.ts';
import type { Pen, Project } from './overlay.ts';

/**
 * The map as it is on the screen, with `ratio` device pixels for each of its own, and what is drawn above it. The map is
 * drawn once in that fineness, copied in the frame in which it stands, and set back.
 *
 * @throws Error where there is no 2D drawing
 */
export async function pictureOf(
  scene: MapScene,
  ratio: number,
  paintAbove: (pen: Pen, project: Project) => void,
): Promise<HTMLCanvasElement> {
  const { map } = scene;
  const source = map.getCanvas();
  const { clientWidth: width, clientHeight: height } = map.getContainer();
  const copy = source.ownerDocument.createElement('canvas');
  const context = copy.getContext('2d');
  if (context === null) throw new Error('this browser draws no 2D canvas');
  try {
    scene.setPixelRatio(ratio);
    await scene.settled();
    await new Promise<void>((copied) => {
      map.once('render', () => {
        copy.width = source.width;
        copy.height = source.height;
        context.drawImage(source, 0, 0);
        copied();
      });
      map.triggerRepaint();
    });
  } finally {
    scene.setPixelRatio(null);
  }
  context.scale(copy.width / width, copy.height / height);
  paintAbove({ context, width, height }, (lon, lat) => map.project([lon, lat]));
  return copy;
}
