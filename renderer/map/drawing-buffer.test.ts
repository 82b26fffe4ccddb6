import { CanvasContext, type Device, type Framebuffer } from '@luma.gl/core';
import type { Map as MapLibreMap } from 'maplibre-gl';
import { expect, test } from 'vitest';
import { followCanvas } from './drawing-buffer.ts';

/** luma's own, with nothing to draw to. */
class Context extends CanvasContext {
  override readonly device = {} as Device;
  override readonly handle = null;
  override get [Symbol.toStringTag](): string {
    return 'Context';
  }
  protected override _configureDevice(): void {}
  protected override _getCurrentFramebuffer(): Framebuffer {
    return {} as Framebuffer;
  }
  present(): void {}
  updateSize(): void {}
}

/** A map whose canvas was made higher than it is now, and a context that attached to it before. */
function attached() {
  const context = new Context({ width: 767, height: 981 });
  const canvas = context.canvas as HTMLCanvasElement;
  const onResize: (() => void)[] = [];
  const on: unknown = (_type: string, listener: () => void) => onResize.push(listener);
  const map = { getCanvas: () => canvas, on: on as MapLibreMap['on'] };
  const resize = (height: number) => {
    canvas.height = height;
    for (const listener of onResize) listener();
  };
  return { context, canvas, map, resize, device: { getDefaultCanvasContext: () => context } as unknown as Device };
}

test('left alone, the first drawing puts the canvas back to the size it had', () => {
  const { context, canvas, resize } = attached();
  resize(948);
  context.getCurrentFramebuffer();
  expect(canvas.height).toBe(981);
});

test('the canvas stays as the map has sized it, before the first drawing and after', () => {
  const { context, canvas, map, resize, device } = attached();
  resize(948);
  followCanvas(map, device);
  context.getCurrentFramebuffer();
  expect([canvas.height, context.getDrawingBufferSize()]).toEqual([948, [767, 948]]);
  resize(700);
  context.getCurrentFramebuffer();
  expect([canvas.height, context.getDrawingBufferSize()]).toEqual([700, [767, 700]]);
});
