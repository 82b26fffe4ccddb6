import type { alarmsZh } from '../zh-cn/alarms.ts';
import type { Words } from '../words.ts';

export const alarmsEn: Words<typeof alarmsZh> = {
  layer: 'Alarms',
  open: 'Early warnings …',
  marks: {
    urgent: 'Urgent cases',
    machine: 'Reports by video or sensors',
    warning: 'Warnings (to and fro, repeats, week)',
  },
  legend: 'Alarms',
  cut: 'At most {{number}} of those in view are drawn',
  list: 'Early warnings',
  kind: 'Kind of warning',
  all: 'All {{number}}',
  kinds: {
    overdue: 'Overdue',
    due_soon: 'Due soon',
    ping_pong: 'To and fro',
    repeats: 'Repeated',
    week: 'Seven-day warning',
  },
  asOf: 'as of {{time}}',
  placeholder: 'thresholds are placeholders',
  close: 'Close the list',
  none: 'No warnings',
  more: '{{number}} more',
  over: '{{span}} over',
  left: '{{span}} left',
  returns: 'returned {{number}} times between two',
  reports: '{{number}} within seven days',
  growth: '{{number}} within seven days, {{share}} % more than the week before',
  nearDue: '{{number}} due soon',
  inPast: 'The past has no list of warnings: they are counted for now alone',
};
