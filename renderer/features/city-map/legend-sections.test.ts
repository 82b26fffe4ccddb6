import { expect, test } from 'vitest';
import { createI18n } from '#renderer/i18n/setup.ts';
import type { MapLegend } from '#renderer/map/map-events.ts';
import { shapes } from '#renderer/map/symbols.ts';
import type { Alarm } from '#renderer/state/alarms.ts';
import { alarmSection, legendSections, type LegendSight } from './legend-sections.ts';

const { t } = createI18n('zh-CN');
const legend: MapLegend = {
  areas: {
    level: 2,
    figure: 'open',
    classes: [
      { from: 0, to: 3, fill: '#111111', count: 20 },
      { from: 4, to: null, fill: '#222222', count: 10 },
    ],
    unknown: 0,
  },
  hexagons: null,
  breaks: 'quantile',
  points: 'level',
  marks: [{ level: 2, count: 1_204 }],
  shapes: [
    { shape: shapes.dot, count: 7 },
    { shape: shapes.ring, count: 0 },
  ],
  clusters: null,
  arcs: null,
  forces: [],
  components: null,
  heat: null,
};
const sight: LegendSight = {
  t,
  legend,
  hasChain: false,
  arcUnit: null,
  isUnitAsked: false,
  levelName: () => '镇街',
  forceRemarks: { title: null, rows: [] },
};
const said = (change: Partial<LegendSight>, of: Partial<MapLegend> = {}) =>
  legendSections({ ...sight, ...change, legend: { ...legend, ...of } }).flatMap(({ title, rows }) => [
    ...(title === null ? [] : [title]),
    ...rows.map(({ text, value }) => (value === null ? text : `${text}: ${value}`)),
  ]);

test('marks, points and classes stand with their numbers, the figure with its level and method', () => {
  expect(said({})).toEqual([
    '超期: 1,204',
    '已派遣: 7',
    '未派遣: 0',
    '在办件数 / 镇街',
    '0–3: 20 个',
    '4+: 10 个',
    '分位数 · 30 个',
  ]);
});

test('what is not on the map is not in the legend', () => {
  expect(said({}, { areas: null, points: 'none', marks: [], shapes: [] })).toEqual(['案件点不显示']);
});

test('areas without a figure, clusters and lines are named; a cut number of lines says of how many', () => {
  const areas = {
    level: 3,
    figure: 'overdueShare',
    classes: [{ from: 0, to: null, fill: '#111111', count: 9 }],
    unknown: 620,
  } as const;
  const clusters = { clusters: 4, cases: 1_000 };
  expect(said({ hasChain: true }, { areas, clusters, arcs: { shown: 400, total: 812 } }).slice(3)).toEqual([
    '聚合：1,000 件为 4 组',
    '派遣链',
    '近 1 小时派遣: 最新 400 / 812',
    '超期占在办 / 镇街',
    '0%+: 9 个',
    '无此指标: 620 个',
    '分位数 · 629 个',
  ]);
  expect(said({ isUnitAsked: true }, {}).slice(3, 4)).toEqual(['未选单位']);
  expect(said({ isUnitAsked: true, arcUnit: '仁和镇' }, { arcs: { shown: 3, total: 3 } }).slice(3, 4)).toEqual([
    '仁和镇 在手: 3',
  ]);
});

test('hexagons are named with their width', () => {
  const hexagons = { widthMeters: 2_000, classes: [{ from: 1, to: null, fill: '#111111', count: 88 }] };
  expect(said({}, { areas: null, hexagons }).slice(3)).toEqual([
    '在办件数 / 六边形，宽 2 km',
    '1+: 88 个',
    '分位数 · 88 个',
  ]);
});

test('heat says what it is made of, components how they are shown', () => {
  const heat = { radiusMeters: 1_240, cases: 10_000, reported: [0, 86_400_000] as const };
  expect(said({}, { areas: null, heat }).slice(3)).toEqual([
    '热力，不作统计',
    '半径 1.2 km · 10,000 件，权重相同',
    '上报 1970-01-01 08:00 – 1970-01-02 08:00',
  ]);
  const components = { state: 'points', total: 812_000, shown: 1_204 } as const;
  expect(said({}, { areas: null, components }).slice(3)).toEqual(['部件（共 812,000 个）: 1,204']);
  expect(said({}, { areas: null, components: { state: 'far', total: 812_000 } }).slice(3)).toEqual([
    '部件共 812,000 个，放大到 15 级逐个显示',
  ]);
});

test('by stage every shape is named', () => {
  const drawn = [shapes.groupRing, shapes.groupFrame, shapes.groupDisc, shapes.groupSquare, shapes.groupCross];
  const names = said(
    {},
    { points: 'stage', marks: [], shapes: drawn.map((shape) => ({ shape, count: 1 })), areas: null },
  );
  expect(names).toEqual(['受理、立案: 1', '待派遣、回退: 1', '处置、挂账: 1', '核查、回访: 1', '待结案: 1']);
});

test('people and vehicles stand with their numbers, and how many positions are not fresh', () => {
  const forces = [
    { kind: 'gridStaff', count: 1_200, old: 3, silent: 1 },
    { kind: 'vehicle', count: 40, old: 2, silent: 0 },
  ] as const;
  const forceRemarks = { title: '人员、车辆 · 10:42:05', rows: ['演示数据'] };
  expect(said({ forceRemarks }, { areas: null, points: 'none', forces }).slice(1)).toEqual([
    '人员、车辆 · 10:42:05',
    '网格员: 1,200',
    '车辆: 40',
    '位置较旧: 5',
    '位置中断: 1',
    '演示数据',
  ]);
});

test('with nobody on the map the time of their positions is not said, but why the past has none', () => {
  const nobody = { title: '人员、车辆 · 10:42:05', rows: ['演示数据'] };
  expect(said({ forceRemarks: nobody }, { areas: null, points: 'none' })).toEqual(['案件点不显示']);
  const past = { title: null, rows: ['位置不留存'] };
  expect(said({ forceRemarks: past }, { areas: null, points: 'none' })).toEqual(['案件点不显示', '位置不留存']);
});

test('alarms stand by kind with their numbers, and say when not all of them are drawn', () => {
  const alarm = (kind: Alarm['kind'], at: number): Alarm => ({
    kind,
    lon: 116,
    lat: 40,
    caseId: String(at),
    area: null,
  });
  const alarms = [alarm('urgent', 1), alarm('warning', 2), alarm('warning', 3)];
  const rows = (most: number) => alarmSection(t, alarms, most)?.rows.map(({ text, value }) => `${text} ${value ?? ''}`);
  expect(alarmSection(t, null, 300)).toBeNull();
  expect(rows(300)).toEqual(['紧急案件 1', '预警（推诿、反复、七天） 2']);
  expect(rows(2)?.at(-1)).toBe('视野内最多画 2 个 ');
});
