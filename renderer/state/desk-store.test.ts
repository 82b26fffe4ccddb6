import { expect, test } from 'vitest';
import { defaultLayers } from '#renderer/map/map-layers.ts';
import { createDeskStore } from './desk-store.ts';

function storage(first: string | null = null) {
  let kept = first;
  return { getItem: () => kept, setItem: (_: string, text: string) => void (kept = text) };
}

test('the layers of the map are remembered beside language, theme and order', () => {
  const kept = storage();
  const layers = { ...defaultLayers, surface: 'hexagons', clusters: true } as const;
  createDeskStore(kept, 'zh').setState({ layers, theme: 'light' });
  const { layers: found, theme, language } = createDeskStore(kept, 'en').getState();
  expect({ found, theme, language }).toEqual({ found: layers, theme: 'light', language: 'zh-CN' });
});

test.each(['{', '7', '{"theme":"pink","layers":{"surface":9}}'])('of %s nothing is taken', (text) => {
  const { theme, layers } = createDeskStore(storage(text), 'en').getState();
  expect([theme, layers]).toEqual(['dark', defaultLayers]);
});
