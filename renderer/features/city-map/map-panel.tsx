import {
  useCallback,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
} from 'react';
import { useCommand } from '#renderer/actions/use-command.tsx';
import { useWords } from '#renderer/i18n/use-words.ts';
import type { CityMap } from '#renderer/map/city-map.ts';
import type { MapHover, MapLegend, MapView } from '#renderer/map/map-events.ts';
import type { MapPlace } from '#renderer/map/place-canvas.ts';
import { boxRing } from '#renderer/map/region.ts';
import { filterFor } from '#renderer/state/case-filter.ts';
import { useChoice, useDesk } from '#renderer/state/desk-context.tsx';
import type { Alarm } from '#renderer/state/alarms.ts';
import { Pins } from '#renderer/state/pins.ts';
import type { DrawnBy } from '#renderer/state/watch-cases.ts';
import { Notice } from '#renderer/ui/notice.tsx';
import { AlarmMarks, MOST_MARKS } from './alarm-marks.tsx';
import { BaseMapPanel } from './base-map-panel.tsx';
import { Breadcrumb } from './breadcrumb.tsx';
import { CompareMap } from './compare-map.tsx';
import { FindPlace } from './find-place.tsx';
import { FollowStrip } from './follow-strip.tsx';
import { ForceCard } from './force-card.tsx';
import { LayerPanel } from './layer-panel.tsx';
import { alarmSection } from './legend-sections.ts';
import { Legend } from './legend.tsx';
import { MapFoot } from './map-foot.tsx';
import { MapList } from './map-list.tsx';
import { MapTip } from './map-tip.tsx';
import { MapTools, toolButtonId } from './map-tools.tsx';
import { PinLayer } from './pin-layer.tsx';
import { PinsPanel } from './pins-panel.tsx';
import { PictureDialog } from './picture-dialog.tsx';
import { SketchPad } from './sketch-pad.tsx';
import { isMeasure, toolKeys, type ToolKey } from './tool-keys.ts';
import { ToolStrip } from './tool-strip.tsx';
import { useAlarms } from './use-alarms.ts';
import { useBaseMaps, useDrawnBaseMaps } from './use-base-maps.ts';
import { useChain } from './use-chain.ts';
import { useCityMap } from './use-city-map.ts';
import { useComponents } from './use-components.ts';
import { useFollow } from './use-follow.ts';
import { useForces, type ForceView } from './use-forces.ts';
import { useLegend, type LegendFacts } from './use-legend.ts';
import { useMapLayers } from './use-map-layers.ts';
import { useMapTools } from './use-map-tools.ts';
import { WarningList } from './warning-list.tsx';
import styles from './city-map.module.css';
import pairStyles from './compare-map.module.css';

/** What the desk may ask of the map. */
export interface MapHandle {
  focus(): void;
  /** Brings the selected case into view. */
  showSelected(): void;
  /** Draws a place of a district file and flies there; null takes it away. */
  showPlace(place: MapPlace | null): void;
  /** Marks areas of the net and a point, and flies there; null takes the mark away. */
  showAreas(place: { readonly areas: readonly string[]; readonly at: MapPlace['at'] } | null): void;
}

const PAN_PIXELS = 96;

/** The grid map with its frame: where one is, legend, scale, time of data. */
export function MapPanel({
  drawnBy,
  handle,
  onDrawn,
}: {
  readonly drawnBy: DrawnBy;
  readonly handle: React.Ref<MapHandle>;
  /** Called once the map stands, or can't. */
  readonly onDrawn: () => void;
}) {
  const { t } = useWords();
  const { areas, live, store, now } = useDesk();
  const filter = useChoice((state) => state.filter);
  const selectedId = useChoice((state) => state.selectedId);
  const isPicking = useChoice((state) => state.isPicking);
  const container = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const [hover, setHover] = useState<MapHover | null>(null);
  const [legend, setLegend] = useState<MapLegend | null>(null);
  const [view, setView] = useState<MapView | null>(null);
  const [open, setOpen] = useState<SidePanel | null>(null);
  const [isComparing, setComparing] = useState(false);
  const [isPlacing, setPlacing] = useState(false);
  const [pins] = useState(() => new Pins(localStorage));
  const [isListOpen, setListOpen] = useState(false);
  const [isPictureOpen, setPictureOpen] = useState(false);
  const [isWarningListOpen, setWarningListOpen] = useState(false);

  const focusArea = useCallback(
    (area: string | null) => store.setState((state) => ({ filter: { ...state.filter, area } })),
    [store],
  );
  const forces = useRef<ForceView | null>(null);
  const baseMaps = useBaseMaps();
  const { map, status } = useCityMap({
    container,
    drawnBy,
    hasBaseMap: baseMaps.shown.length > 0,
    events: {
      selectCase: (id) => store.setState({ selectedId: id }),
      selectForce: (index) => forces.current?.choose(index),
      focusArea,
      hover: setHover,
      legend: setLegend,
      view: setView,
    },
  });
  const selected = useChain(map);
  useMapLayers(map);
  const force = useForces(map);
  const components = useComponents(map);
  const alarms = useAlarms(isWarningListOpen);
  useEffect(() => {
    forces.current = force;
  });
  const faulty = useDrawnBaseMaps(map, baseMaps.shown);
  const tools = useMapTools(map, () => setListOpen(true));
  const { tool } = tools;
  const following = useFollow(map, frame);
  const hasChain = (selected?.chain.length ?? 0) > 1;
  useEffect(() => {
    if (status === 'ready' || status === 'failed') onDrawn();
  }, [status, onDrawn]);

  useEffect(() => {
    if (map === null) return;
    const isPlain = filter.tab === 'closed';
    map.setFilter(isPlain ? null : filterFor(filter, areas, now));
  }, [map, filter, areas, now]);
  useEffect(() => map?.setFocus(filter.area), [map, filter.area]);

  const showSelected = () => {
    const row = selectedId === null ? null : (live.rows.get(selectedId) ?? selected);
    if (row !== null) map?.flyToCase(row);
  };
  const showPlace = (place: MapPlace | null) => map?.showPlace(place);
  const showAreas: MapHandle['showAreas'] = (place) => {
    const rings = map === null || place === null ? [] : place.areas.flatMap((code) => map.extras.outline(code));
    showPlace(place === null ? null : { at: place.at, rings, areas: [] });
  };
  useImperativeHandle(handle, () => ({ focus: () => frame.current?.focus(), showSelected, showPlace, showAreas }));
  const goUp = () => {
    if (filter.area === null) return false;
    const parent = areas.area(filter.area)?.parent ?? null;
    const isTop = parent === null || (areas.area(parent)?.level ?? 0) < areas.unitLevel;
    focusArea(isTop ? null : parent);
    return true;
  };
  useCommand('back', () => {
    if (!isPicking) return goUp();
    store.setState({ isPicking: false });
    return true;
  });

  const keyDown = (event: KeyboardEvent) => {
    if (map === null || event.altKey || event.ctrlKey || event.metaKey || event.target !== frame.current) return;
    const byKey = { ...keyActs(map, (step) => walk(map, step)), ...keyTools(press) };
    const act = byKey[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (act === undefined) return;
    act();
    event.preventDefault();
  };
  const focusTool = (name: ToolKey) => document.getElementById(toolButtonId(name))?.focus();
  const endTool = () => {
    if (tool === null) return;
    tools.take(null);
    focusTool(isMeasure(tool) ? 'measure' : 'select');
  };
  const pressed: Readonly<Record<ToolKey, boolean>> = {
    layers: open === 'layers',
    ground: open === 'ground',
    find: open === 'find',
    pins: open === 'pins',
    compare: isComparing,
    follow: following.mode !== null,
    select: tool === 'box' || tool === 'lasso',
    measure: tool === 'distance' || tool === 'area',
    list: isListOpen,
    picture: isPictureOpen,
  };
  const toggle = (name: SidePanel) => () => {
    setOpen(open === name ? null : name);
    setPlacing(false);
    if (open === name) focusTool(name);
  };
  const acts: Readonly<Record<ToolKey, () => void>> = {
    layers: toggle('layers'),
    ground: toggle('ground'),
    find: toggle('find'),
    pins: toggle('pins'),
    select: () => (pressed.select ? endTool() : tools.take('box')),
    measure: () => (pressed.measure ? endTool() : tools.take('distance')),
    compare() {
      setComparing(!isComparing);
      if (isComparing) focusTool('compare');
    },
    follow() {
      following.setMode(pressed.follow ? null : 'newest');
      if (pressed.follow) focusTool('follow');
    },
    list() {
      setListOpen(!isListOpen);
      if (isListOpen) focusTool('list');
    },
    picture: () => setPictureOpen(true),
  };
  const press = (name: ToolKey) => {
    // One thing at a time lies over the map.
    if (isSidePanel(name) || name === 'follow') tools.take(null);
    if (name === 'select' || name === 'measure' || name === 'follow') setOpen(null);
    if (name === 'select' || name === 'measure') following.setMode(null);
    acts[name]();
  };
  useCommand('find_place', () => {
    tools.take(null);
    setOpen('find');
    setPlacing(false);
  });
  const selectView = () => {
    if (view === null) return;
    const [west, south, east, north] = view.bounds;
    tools.finish(boxRing([west, south], [east, north]));
  };
  const pick = (event: MouseEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    const position = map?.positionAt(event.clientX - box.left, event.clientY - box.top);
    if (position === undefined) return;
    if (isPlacing) {
      pins.add(position[0], position[1], now());
      setPlacing(false);
      return;
    }
    store.setState({ picked: { lon: position[0], lat: position[1] }, isPicking: false });
  };

  return (
    <section className={styles.panel} aria-label={t('map.region')}>
      <div className={pairStyles.pair}>
        <div className={pairStyles.stages}>
          <div className={styles.stage}>
            <div
              ref={frame}
              id="city-map"
              className={styles.frame}
              role="application"
              aria-label={t('map.region')}
              aria-describedby="city-map-help"
              tabIndex={0}
              onKeyDown={keyDown}
            >
              <div ref={container} className={styles.map} data-status={status} />
            </div>
            <p id="city-map-help" className={styles.help}>
              {t('map.help')}
            </p>
            <Breadcrumb area={filter.area} onFocus={focusArea} onZoom={(steps) => map?.zoomBy(steps)}>
              <MapTools pressed={pressed} onPress={press} />
            </Breadcrumb>
            {map === null ? null : <PinLayer pins={pins} map={map} />}
            {open === 'layers' ? (
              <LayerPanel
                live={force.live}
                componentNotes={components.notes}
                onWarnings={() => setWarningListOpen(true)}
                onClose={acts.layers}
              />
            ) : null}
            {open === 'ground' ? <BaseMapPanel state={baseMaps} faulty={faulty} onClose={acts.ground} /> : null}
            {map === null || open !== 'find' ? null : <FindPlace map={map} onClose={acts.find} />}
            {map === null || open !== 'pins' ? null : (
              <PinsPanel {...{ pins, map, isPlacing }} onPlace={setPlacing} onClose={acts.pins} />
            )}
            {pressed.follow ? <FollowStrip state={following} onEnd={acts.follow} /> : null}
            {legend === null ? null : (
              <LegendOf
                {...{ legend, hasChain }}
                hasBaseMap={baseMaps.shown.length > 0}
                forces={force.live}
                alarms={alarms.alarms}
              />
            )}
            {map === null || alarms.alarms === null ? null : (
              <AlarmMarks map={map} view={view} alarms={alarms.alarms} />
            )}
            <MapFoot view={view} credits={baseMaps.credits} problems={baseMaps.problems} />
            {map === null || tool === null ? null : (
              <>
                <SketchPad map={map} tool={tool} draft={tools.draft} onDraft={tools.setDraft} onFinish={tools.finish} />
                <ToolStrip state={tools} tool={tool} onWholeView={selectView} onEnd={endTool} />
              </>
            )}
            <MapTip hover={hover} forces={force.live} components={components} />
            {map === null || force.chosen === null ? null : (
              <ForceCard map={map} live={force.live} chosen={force.chosen} onClose={force.release} />
            )}
            {isPicking || isPlacing ? (
              <div className={styles.picker} role="presentation" onClick={pick}>
                <Notice kind="note" title={t('map.region')}>
                  {t(isPlacing ? 'mapWork.pins.placing' : 'report.picking')}
                </Notice>
              </div>
            ) : null}
            {status === 'ready' ? null : (
              <div className={styles.state}>
                <Notice kind={status === 'failed' ? 'problem' : 'note'} title={t(`map.${status}`)} />
              </div>
            )}
          </div>
          {map === null || !isComparing ? null : (
            <CompareMap first={map} baseMaps={baseMaps.shown} components={components} onClose={acts.compare} />
          )}
        </div>
      </div>
      {isWarningListOpen ? <WarningList view={alarms} onClose={() => setWarningListOpen(false)} /> : null}
      {map === null || !isListOpen ? null : (
        <MapList map={map} view={view} region={tools.region} onClearRegion={tools.clearRegion} onClose={acts.list} />
      )}
      {map === null || legend === null || !isPictureOpen ? null : (
        <PictureDialog
          map={map}
          container={container}
          {...{ legend, hasChain, view }}
          forces={force.live}
          credits={baseMaps.credits}
          onClose={() => {
            setPictureOpen(false);
            focusTool('picture');
          }}
        />
      )}
    </section>
  );

  function walk(of: CityMap, step: 1 | -1): void {
    const rows = of.casesInView();
    if (rows.length === 0) return;
    const at = rows.findIndex(({ id }) => id === selectedId);
    const next = rows[(at + step + rows.length) % rows.length] ?? rows[0];
    if (next !== undefined) store.setState({ selectedId: next.id });
  }
}

/** What lies at the left of the map, one at a time. */
const sidePanels = ['layers', 'ground', 'find', 'pins'] as const;
type SidePanel = (typeof sidePanels)[number];

function isSidePanel(name: ToolKey): name is SidePanel {
  return sidePanels.some((panel) => panel === name);
}

function keyTools(press: (tool: ToolKey) => void): Readonly<Record<string, () => void>> {
  return Object.fromEntries(
    Object.entries(toolKeys).map(([tool, key]) => [key, () => press(tool as ToolKey)] as const),
  );
}

function LegendOf({
  legend,
  alarms,
  ...facts
}: LegendFacts & { readonly legend: MapLegend; readonly alarms: readonly Alarm[] | null }) {
  const { t } = useWords();
  const sections = useLegend(legend, facts);
  const marked = alarmSection(t, alarms, MOST_MARKS);
  return <Legend sections={marked === null || marked.rows.length === 0 ? sections : [...sections, marked]} />;
}

function keyActs(map: CityMap, walk: (step: 1 | -1) => void): Readonly<Record<string, () => void>> {
  return {
    ArrowLeft: () => map.panBy(-PAN_PIXELS, 0),
    ArrowRight: () => map.panBy(PAN_PIXELS, 0),
    ArrowUp: () => map.panBy(0, -PAN_PIXELS),
    ArrowDown: () => map.panBy(0, PAN_PIXELS),
    '+': () => map.zoomBy(1),
    '=': () => map.zoomBy(1),
    '-': () => map.zoomBy(-1),
    PageDown: () => walk(1),
    PageUp: () => walk(-1),
  };
}
