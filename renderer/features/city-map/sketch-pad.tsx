import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { useWords } from '#renderer/i18n/use-words.ts';
import type { CityMap } from '#renderer/map/city-map.ts';
import { boxRing, type MapPosition } from '#renderer/map/region.ts';
import type { DrawTool } from './tool-keys.ts';
import styles from './city-map.module.css';

const STEP = 8;
const LONG_STEP = 48;
/** A drag shorter than this is a slip of the hand, CSS pixels. */
const SLIP = 5;
/** Points of a lasso lie at least this far apart. */
const APART = 3;

interface Spot {
  readonly x: number;
  readonly y: number;
}

/**
 * Lies over the map while a tool is in hand. By mouse: drag a box or a lasso, click the points of a line or an area and
 * double click the last. By keyboard: arrows move the cross, Enter sets a point, Enter at the same place ends, Backspace
 * takes the last one back.
 */
export function SketchPad({
  map,
  tool,
  draft,
  onDraft,
  onFinish,
}: {
  readonly map: CityMap;
  readonly tool: DrawTool;
  readonly draft: readonly MapPosition[];
  readonly onDraft: (points: readonly MapPosition[]) => void;
  readonly onFinish: (points: readonly MapPosition[]) => void;
}) {
  const { t } = useWords();
  const pad = useRef<HTMLDivElement>(null);
  const start = useRef<Spot | null>(null);
  const trail = useRef<Spot[]>([]);
  /** Points that are set; the draft may have one more that follows the hand. */
  const set = useRef<MapPosition[]>([]);
  const [cross, setCross] = useState<Spot | null>(null);
  const isDragged = tool === 'box' || tool === 'lasso';

  useEffect(() => pad.current?.focus(), []);
  useEffect(() => {
    start.current = null;
    set.current = [];
  }, [tool]);

  const spotOf = (event: { readonly clientX: number; readonly clientY: number }): Spot => {
    const box = pad.current?.getBoundingClientRect();
    return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) };
  };
  const positions = (spots: readonly Spot[]): readonly MapPosition[] =>
    spots.flatMap(({ x, y }) => {
      const at = map.positionAt(x, y);
      return at === undefined ? [] : [at];
    });
  const ringOf = (from: Spot, to: Spot): readonly MapPosition[] => {
    const [a, b] = positions([from, to]);
    return a === undefined || b === undefined ? [] : boxRing(a, b);
  };
  const finish = (points: readonly MapPosition[]) => {
    start.current = null;
    set.current = [];
    onFinish(points);
  };

  const down = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    setCross(null);
    if (!isDragged) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = spotOf(event);
    trail.current = [start.current];
  };
  const move = (event: PointerEvent) => {
    const spot = spotOf(event);
    if (!isDragged) {
      if (set.current.length > 0 && cross === null) onDraft([...set.current, ...positions([spot])]);
      return;
    }
    if (start.current === null) return;
    if (tool === 'box') return onDraft(ringOf(start.current, spot));
    const last = trail.current.at(-1);
    if (last !== undefined && Math.hypot(last.x - spot.x, last.y - spot.y) < APART) return;
    trail.current.push(spot);
    onDraft(positions(trail.current));
  };
  const up = (event: PointerEvent) => {
    if (!isDragged || start.current === null) return;
    const spot = spotOf(event);
    const from = start.current;
    start.current = null;
    const far = Math.max(...[...trail.current, spot].map(({ x, y }) => Math.hypot(x - from.x, y - from.y)));
    if (far < SLIP) return onDraft([]);
    if (tool === 'box') return finish(ringOf(from, spot));
    return trail.current.length < 3 ? onDraft([]) : finish(positions(trail.current));
  };
  const click = (spot: Spot) => {
    const [at] = positions([spot]);
    if (at === undefined) return;
    set.current = [...set.current, at];
    onDraft(set.current);
  };
  const fewest = tool === 'distance' ? 2 : 3;

  const setByKey = () => {
    const spot = cross ?? middle();
    setCross(spot);
    if (tool === 'box') {
      if (start.current === null) {
        start.current = spot;
        return onDraft(ringOf(spot, spot));
      }
      return finish(ringOf(start.current, spot));
    }
    const [at] = positions([spot]);
    const last = set.current.at(-1);
    const isSame = at !== undefined && last !== undefined && at[0] === last[0] && at[1] === last[1];
    if (isSame) return set.current.length >= fewest ? finish(set.current) : undefined;
    return click(spot);
  };
  const moveCross = (dx: number, dy: number) => {
    const from = cross ?? middle();
    const box = pad.current?.getBoundingClientRect();
    const spot = {
      x: Math.min((box?.width ?? 0) - 1, Math.max(0, from.x + dx)),
      y: Math.min((box?.height ?? 0) - 1, Math.max(0, from.y + dy)),
    };
    setCross(spot);
    if (tool === 'box' && start.current !== null) onDraft(ringOf(start.current, spot));
    if (tool !== 'box' && set.current.length > 0) onDraft([...set.current, ...positions([spot])]);
  };
  const keyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const step = event.shiftKey ? LONG_STEP : STEP;
    const acts: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => moveCross(-step, 0),
      ArrowRight: () => moveCross(step, 0),
      ArrowUp: () => moveCross(0, -step),
      ArrowDown: () => moveCross(0, step),
      Enter: setByKey,
      ' ': setByKey,
      Backspace() {
        set.current = set.current.slice(0, -1);
        start.current = null;
        onDraft(set.current);
      },
      '+': () => map.zoomBy(1),
      '=': () => map.zoomBy(1),
      '-': () => map.zoomBy(-1),
    };
    const act = acts[event.key];
    if (act === undefined) return;
    act();
    event.preventDefault();
    event.stopPropagation();
  };

  function middle(): Spot {
    const box = pad.current?.getBoundingClientRect();
    return { x: Math.round((box?.width ?? 0) / 2), y: Math.round((box?.height ?? 0) / 2) };
  }

  return (
    <div
      ref={pad}
      className={styles.pad}
      role="application"
      tabIndex={0}
      data-tool={tool}
      aria-label={t(`mapTools.draw.${tool}`)}
      aria-describedby="map-pad-help"
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onClick={(event) => {
        // A double click ends with its second click.
        if (!isDragged && event.detail < 2) click(spotOf(event));
      }}
      onDoubleClick={() => {
        if (!isDragged && set.current.length >= fewest) finish(set.current);
      }}
      onKeyDown={keyDown}
    >
      <p id="map-pad-help" className={styles.help}>
        {t(isDragged ? 'mapTools.dragHelp' : 'mapTools.clickHelp')}
      </p>
      {cross === null ? null : (
        <svg
          className={styles.cross}
          style={{ left: cross.x, top: cross.y }}
          viewBox="-12 -12 24 24"
          aria-hidden="true"
        >
          <path d="M-11 0H-3M3 0H11M0 -11V-3M0 3V11" />
        </svg>
      )}
      <span className={styles.help} role="status">
        {draft.length === 0 ? '' : t('mapTools.points', { number: draft.length })}
      </span>
    </div>
  );
}
