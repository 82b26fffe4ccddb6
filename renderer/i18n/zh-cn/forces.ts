import type { PositionMark } from '#domain/forces/force.ts';

/** People and vehicles in the field: switches, legend and card. */
export const forcesZh = {
  title: '人员、车辆 · {{time}}',
  card: '人员或车辆',
  demo: '演示数据',
  unit: '所属单位',
  position: '最近位置',
  seconds: '{{number}} 秒前 · {{age}}',
  minutes: '{{number}} 分钟前 · {{age}}',
  marks: {
    clock: '终端时钟偏差超过 2 分钟，时间按收到时刻',
    jump: '位置跳变超过 1 公里，未必可信',
  } satisfies Record<PositionMark, string>,
  track: '近 1 小时轨迹',
  trackNote: '查看轨迹会记入操作记录',
  trackOf: '轨迹 {{number}} 点，{{from}}–{{to}}',
  noTrack: '近 1 小时没有位置',
  close: '收起',
  limits: '超过 {{old}} 分钟为较旧，{{silent}} 分钟为中断',
  placeholder: '占位，可配置（策略表）',
  lost: '拒收 {{refused}} 条，超过速率丢弃 {{dropped}} 条',
  inPast: '历史中不显示人员、车辆：位置不留存',
  tip: '{{kind}} {{id}} · {{unit}} · {{age}}',
} as const;
