import { useEffect, useState } from 'react';
import type { CityMap } from '#renderer/map/city-map.ts';
import type { MapPosition } from '#renderer/map/region.ts';
import type { Sketch } from '#renderer/map/sketch-canvas.ts';
import { useMeasureText } from './measure-text.ts';
import { isMeasure, type DrawTool } from './tool-keys.ts';

export interface Measurement {
  readonly tool: 'distance' | 'area';
  readonly points: readonly MapPosition[];
}

/** The tool in hand, what it has drawn so far, the region that was selected, and what was measured. */
export interface MapToolsState {
  readonly tool: DrawTool | null;
  readonly draft: readonly MapPosition[];
  readonly region: readonly MapPosition[] | null;
  readonly measured: Measurement | null;
  take(tool: DrawTool | null): void;
  setDraft(points: readonly MapPosition[]): void;
  /** The tool has drawn its whole. */
  finish(points: readonly MapPosition[]): void;
  clearRegion(): void;
}

/** @param onRegion a region was selected */
export function useMapTools(map: CityMap | null, onRegion: () => void): MapToolsState {
  const measureText = useMeasureText();
  const [tool, setTool] = useState<DrawTool | null>(null);
  const [draft, setDraft] = useState<readonly MapPosition[]>([]);
  const [region, setRegion] = useState<readonly MapPosition[] | null>(null);
  const [measured, setMeasured] = useState<Measurement | null>(null);

  useEffect(() => {
    const sketches: Sketch[] = [];
    const shown = tool !== null && isMeasure(tool) && draft.length > 0 ? { tool, points: draft } : measured;
    if (region !== null) sketches.push({ kind: 'region', points: region, label: null });
    if (shown !== null) sketches.push({ kind: shown.tool, points: shown.points, label: measureText(shown) });
    if (tool !== null && !isMeasure(tool)) sketches.push({ kind: 'region', points: draft, label: null });
    map?.setSketches(sketches);
  }, [map, tool, draft, region, measured, measureText]);

  return {
    ...{ tool, draft, region, measured, setDraft },
    take(next) {
      setTool(next);
      setDraft([]);
      if (next === null || isMeasure(next)) setMeasured(null);
    },
    finish(points) {
      setDraft([]);
      if (tool === null) return;
      if (isMeasure(tool)) {
        setMeasured({ tool, points });
        return;
      }
      setTool(null);
      setRegion(points);
      onRegion();
    },
    clearRegion: () => setRegion(null),
  };
}
