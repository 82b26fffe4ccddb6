import { warningWords } from '#domain/briefing/state-words.ts';
import type { Alarm } from '#renderer/state/alarms.ts';

/** Alarms on the map, and the list of early warnings. */
export const alarmsZh = {
  layer: '告警',
  open: '预警清单…',
  marks: { urgent: '紧急案件', machine: '视频、传感上报', warning: '预警（推诿、反复、七天）' } satisfies Record<
    Alarm['kind'],
    string
  >,
  legend: '告警',
  cut: '视野内最多画 {{number}} 个',
  list: '预警清单',
  kind: '预警类别',
  all: '全部 {{number}}',
  kinds: warningWords,
  asOf: '截至 {{time}}',
  placeholder: '阈值为占位，可配置',
  close: '收起清单',
  none: '没有预警',
  more: '另有 {{number}} 条',
  over: '已超 {{span}}',
  left: '剩 {{span}}',
  returns: '往返回退 {{number}} 次',
  reports: '七天内 {{number}} 件',
  growth: '七天内 {{number}} 件，比前七天多 {{share}} %',
  nearDue: '临期 {{number}} 件',
  inPast: '历史中没有预警清单：预警只按现在计算',
} as const;
