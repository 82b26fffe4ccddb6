import { forceKinds, type ForceKind } from './forces/force-field.ts';

/** What the areas may be filled by; `areaFigures` says how each is counted. */
export const figureNames = [
  'open',
  'overdue',
  'near',
  'supervised',
  'waiting',
  'overdueShare',
  'perKm2',
  'perPeople',
] as const;
export type FigureName = (typeof figureNames)[number];

/** What fills the areas: a figure of the cases, or how many components lie in them. */
export type ShownFigure = FigureName | 'components';

/** How the limits of classes are found. */
export const breakMethods = ['quantile', 'equal', 'natural'] as const;
export type BreakMethod = (typeof breakMethods)[number];

/** `areas`: grids filled by a figure; `hexagons`: density of the shown cases; `heat`: the same as a picture. */
export const surfaces = ['areas', 'hexagons', 'heat', 'none'] as const;
export type Surface = (typeof surfaces)[number];

/** What the points say: attention level, stage of the trade, kind of class (部件 or 事件), or no points. */
export const pointModes = ['level', 'stage', 'kind', 'none'] as const;
export type PointMode = (typeof pointModes)[number];

/** Lines from a unit to the cases it holds: of one unit, or of all for those that it got within the last hour. */
export const arcModes = ['none', 'unit', 'hour'] as const;
export type ArcMode = (typeof arcModes)[number];

/** Which layers are shown. */
export interface MapLayers {
  readonly surface: Surface;
  readonly figure: FigureName;
  readonly breaks: BreakMethod;
  /** Level whose areas are filled and named; null follows the zoom. */
  readonly level: number | null;
  readonly points: PointMode;
  /** Far out, near points are put together. */
  readonly clusters: boolean;
  /** The chain of the chosen case. */
  readonly chain: boolean;
  readonly arcs: ArcMode;
  /** People and vehicles. */
  readonly forces: boolean;
  /** Of these, who is shown. */
  readonly forceKinds: readonly ForceKind[];
  /** Components: points near by, else their numbers fill the areas instead of `surface`. */
  readonly components: boolean;
  /** Urgent cases, reports of machines and warnings, marked beside the points. */
  readonly alarms: boolean;
}

/** Layers as they are drawn. */
export interface ShownLayers extends Omit<MapLayers, 'figure'> {
  readonly figure: ShownFigure;
}

export const defaultLayers: MapLayers = {
  surface: 'areas',
  figure: 'open',
  breaks: 'quantile',
  level: null,
  points: 'level',
  clusters: false,
  chain: true,
  arcs: 'none',
  forces: true,
  forceKinds,
  components: false,
  alarms: false,
};

/** What was remembered; a part that can't be understood is as in {@link defaultLayers}. */
export function readLayers(content: unknown): MapLayers {
  if (typeof content !== 'object' || content === null) return defaultLayers;
  const {
    surface,
    figure,
    breaks,
    level,
    points,
    clusters,
    chain,
    arcs,
    forces,
    forceKinds: kinds,
    components,
    alarms,
  } = content as Readonly<Record<keyof MapLayers, unknown>>;
  return {
    surface: oneOf(surfaces, surface, defaultLayers.surface),
    figure: oneOf(figureNames, figure, defaultLayers.figure),
    breaks: oneOf(breakMethods, breaks, defaultLayers.breaks),
    level: Number.isInteger(level) && Number(level) >= 1 ? Number(level) : null,
    points: oneOf(pointModes, points, defaultLayers.points),
    clusters: typeof clusters === 'boolean' ? clusters : defaultLayers.clusters,
    chain: typeof chain === 'boolean' ? chain : defaultLayers.chain,
    arcs: oneOf(arcModes, arcs, defaultLayers.arcs),
    alarms: typeof alarms === 'boolean' ? alarms : defaultLayers.alarms,
    components: typeof components === 'boolean' ? components : defaultLayers.components,
    forces: typeof forces === 'boolean' ? forces : defaultLayers.forces,
    forceKinds: Array.isArray(kinds) ? forceKinds.filter((kind) => kinds.includes(kind)) : defaultLayers.forceKinds,
  };
}

function oneOf<Name extends string>(names: readonly Name[], value: unknown, otherwise: Name): Name {
  return names.find((name) => name === value) ?? otherwise;
}
