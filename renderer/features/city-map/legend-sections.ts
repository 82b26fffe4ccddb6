import type { TFunction } from 'i18next';
import { count, dayText, shortTime } from '#renderer/i18n/format.ts';
import { classText } from '#renderer/map/area-figures.ts';
import type { ForceAge, ForceKind } from '#renderer/map/forces/force-field.ts';
import type { HeatLegend } from '#renderer/map/heat.ts';
import type { MapLegend } from '#renderer/map/map-events.ts';
import type { Alarm } from '#renderer/state/alarms.ts';
import type { MarkLevel } from '#renderer/map/map-theme.ts';
import { pointGroups } from '#renderer/map/point-groups.ts';
import { shapes, type Shape } from '#renderer/map/symbols.ts';

export type Swatch =
  | { readonly kind: 'mark'; readonly level: MarkLevel }
  | { readonly kind: 'shape'; readonly shape: Shape }
  | { readonly kind: 'force'; readonly force: ForceKind; readonly age: ForceAge }
  | { readonly kind: 'component' }
  | { readonly kind: 'alarm'; readonly alarm: Alarm['kind'] }
  | { readonly kind: 'fill'; readonly colour: string }
  | { readonly kind: 'line' }
  | { readonly kind: 'arc' }
  | { readonly kind: 'cluster' };

export interface LegendRow {
  /** Null for a remark. */
  readonly swatch: Swatch | null;
  readonly text: string;
  readonly value: string | null;
}

/** A part of the legend; on the screen and in a picture of the map the same. */
export interface LegendSection {
  readonly id: 'points' | 'forces' | 'components' | 'alarms' | 'lines' | 'surface';
  readonly title: string | null;
  readonly rows: readonly LegendRow[];
}

export interface LegendSight {
  readonly t: TFunction;
  readonly legend: MapLegend;
  readonly hasChain: boolean;
  /** Name of the unit whose arcs are asked for; null without one. */
  readonly arcUnit: string | null;
  readonly isUnitAsked: boolean;
  readonly levelName: (level: number) => string;
  /** What is said of people and vehicles beside their numbers; with none of them on the map only the rows. */
  readonly forceRemarks: { readonly title: string | null; readonly rows: readonly string[] };
}

/** What is on the map, and nothing else: each symbol with what it means and how many there are. */
export function legendSections(sight: LegendSight): readonly LegendSection[] {
  return [
    { id: 'points' as const, title: null, rows: pointRows(sight) },
    { id: 'forces' as const, title: sight.forceRemarks.title, rows: forceRows(sight) },
    { id: 'components' as const, title: null, rows: componentRows(sight) },
    { id: 'lines' as const, title: null, rows: lineRows(sight) },
    surface(sight),
  ].filter(({ rows }) => rows.length > 0);
}

function pointRows({ t, legend }: LegendSight): readonly LegendRow[] {
  const { points, marks, shapes: drawn, clusters } = legend;
  if (points === 'none') return [{ swatch: null, text: t('layers.legend.points'), value: null }];
  const together: readonly LegendRow[] =
    clusters === null
      ? []
      : [
          {
            swatch: { kind: 'cluster' },
            text: t('layers.legend.cluster', { cases: count(clusters.cases), clusters: count(clusters.clusters) }),
            value: null,
          },
        ];
  return [
    ...marks.map(({ level, count: shown }) => ({
      swatch: { kind: 'mark' as const, level },
      text: t(`levels.level${level}`),
      value: count(shown),
    })),
    ...drawn.map(({ shape, count: shown }) => ({
      swatch: { kind: 'shape' as const, shape },
      text: shapeText(shape),
      value: count(shown),
    })),
    ...together,
  ];

  function shapeText(shape: Shape): string {
    if (points !== 'stage' && points !== 'kind') {
      return t(shape === shapes.dot ? 'levels.dispatched' : 'levels.notDispatched');
    }
    const name = Object.entries(pointGroups[points]).find(([, known]) => known === shape)?.[0] ?? '';
    return t(`layers.groups.${points}.${name}` as 'layers.groups.stage.accept');
  }
}

/** Kinds that are there; old and silent ones of all kinds together. */
function forceRows({ t, legend: { forces }, forceRemarks }: LegendSight): readonly LegendRow[] {
  const kinds = forces.map(({ kind, count: shown }) => ({
    swatch: { kind: 'force' as const, force: kind, age: 'fresh' as const },
    text: t(`layers.forceKinds.${kind}`),
    value: count(shown),
  }));
  const ages = (['old', 'silent'] as const).flatMap((age) => {
    const shown = forces.reduce((sum, one) => sum + one[age], 0);
    const swatch = { kind: 'force' as const, force: forces[0]?.kind ?? 'gridStaff', age };
    return shown === 0 ? [] : [{ swatch, text: t(`layers.forceAges.${age}`), value: count(shown) }];
  });
  // What is said of them stands with them; why none is there stands alone.
  if (kinds.length === 0 && forceRemarks.title !== null) return [];
  const remarks = forceRemarks.rows.map((text) => ({ swatch: null, text, value: null }));
  return [...kinds, ...ages, ...remarks];
}

function componentRows({ t, legend: { components } }: LegendSight): readonly LegendRow[] {
  if (components === null) return [];
  const total = count(components.total);
  if (components.state !== 'points') {
    return [{ swatch: null, text: t(`layers.legend.components.${components.state}`, { total }), value: null }];
  }
  const text = t('layers.legend.components.points', { total });
  return [{ swatch: { kind: 'component' }, text, value: count(components.shown) }];
}

function lineRows({ t, legend, hasChain, arcUnit, isUnitAsked }: LegendSight): readonly LegendRow[] {
  const chain: readonly LegendRow[] = hasChain ? [{ swatch: { kind: 'line' }, text: t('map.chain'), value: null }] : [];
  const { arcs } = legend;
  if (isUnitAsked && arcUnit === null) {
    return [...chain, { swatch: { kind: 'arc' }, text: t('layers.legend.noUnit'), value: null }];
  }
  if (arcs === null) return chain;
  const { shown, total } = arcs;
  const text =
    isUnitAsked && arcUnit !== null ? t('layers.legend.unitArcs', { unit: arcUnit }) : t('layers.legend.hourArcs');
  const value = shown < total ? t('layers.legend.cut', { shown: count(shown), total: count(total) }) : count(total);
  return [...chain, { swatch: { kind: 'arc' }, text, value }];
}

/** Heat is a picture, not a figure: what it is made of is said instead of classes. */
function dayTime(at: number): string {
  return `${dayText(at)} ${shortTime(at)}`;
}

function heatSection(t: TFunction, { radiusMeters, cases, reported }: HeatLegend): LegendSection {
  const about = (text: string): LegendRow => ({ swatch: null, text, value: null });
  const radius =
    radiusMeters < 1_000
      ? t('map.meters', { count: Math.round(radiusMeters / 10) * 10 })
      : t('map.kilometers', { count: Math.round(radiusMeters / 100) / 10 });
  const period =
    reported === null
      ? []
      : [about(t('layers.legend.heatPeriod', { first: dayTime(reported[0]), last: dayTime(reported[1]) }))];
  return {
    id: 'surface',
    title: t('layers.legend.heat'),
    rows: [about(t('layers.legend.heatAbout', { radius, number: count(cases) })), ...period],
  };
}

function surface({ t, legend, levelName }: LegendSight): LegendSection {
  const { areas, hexagons, heat, breaks } = legend;
  if (heat !== null) return heatSection(t, heat);
  const about = (number: number): LegendRow => ({
    swatch: null,
    text: t('layers.legend.about', { breaks: t(`layers.breakNames.${breaks}`), number: count(number) }),
    value: null,
  });
  const total = (classes: readonly { readonly count: number }[]) =>
    classes.reduce((sum, { count: here }) => sum + here, 0);
  if (hexagons !== null) {
    const { widthMeters, classes } = hexagons;
    const width =
      widthMeters < 1_000
        ? t('map.meters', { count: widthMeters })
        : t('map.kilometers', { count: widthMeters / 1_000 });
    const rows = classes.map(({ fill, count: here, ...limits }) => ({
      swatch: { kind: 'fill' as const, colour: fill },
      text: classText(limits, 'open'),
      value: t('layers.legend.areas', { number: count(here) }),
    }));
    return {
      id: 'surface',
      title: t('layers.legend.hexagons', { width }),
      rows: [...rows, about(total(classes))],
    };
  }
  if (areas === null) return { id: 'surface', title: null, rows: [] };
  const { figure, level, classes, unknown } = areas;
  const rows: LegendRow[] = classes.map(({ fill, count: here, ...limits }) => ({
    swatch: { kind: 'fill', colour: fill },
    text: classText(limits, figure),
    value: t('layers.legend.areas', { number: count(here) }),
  }));
  if (unknown > 0) {
    const value = t('layers.legend.areas', { number: count(unknown) });
    rows.push({ swatch: null, text: t('layers.legend.unknown'), value });
  }
  const title = t('layers.legend.title', { figure: t(`layers.figures.${figure}`), level: levelName(level) });
  return { id: 'surface', title, rows: [...rows, about(total(classes) + unknown)] };
}

/** Alarms by kind, only kinds that are there; null while they are off. They are on the screen alone, not in pictures. */
export function alarmSection(t: TFunction, alarms: readonly Alarm[] | null, most: number): LegendSection | null {
  if (alarms === null) return null;
  const rows = (['urgent', 'machine', 'warning'] as const).flatMap((alarm): readonly LegendRow[] => {
    const shown = alarms.filter(({ kind }) => kind === alarm).length;
    const text = t(`alarms.marks.${alarm}`);
    return shown === 0 ? [] : [{ swatch: { kind: 'alarm', alarm }, text, value: count(shown) }];
  });
  const cut = { swatch: null, text: t('alarms.cut', { number: count(most) }), value: null };
  return { id: 'alarms', title: t('alarms.legend'), rows: alarms.length > most ? [...rows, cut] : rows };
}
