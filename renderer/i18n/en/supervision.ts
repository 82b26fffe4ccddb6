import type { supervisionZh, workspacesZh } from '../zh-cn/supervision.ts';
import type { Words } from '../words.ts';

export const supervisionEn: Words<typeof supervisionZh> = {
  title: 'Supervision board',
  lanes: 'Lanes',
  lane: {
    overdue: 'Overdue',
    hours2: 'Due within 2 h',
    hours24: 'Due within 24 h',
    hours48: 'Due within 48 h',
    unaccepted: 'Not accepted > 30 min',
    returned: 'Returned ≥ 2 times',
    repeated: 'Repeated trouble',
    suspended: 'Suspended',
    week: 'Seven-day warning',
    supervised: 'Answer awaited',
  },
  placeholder: 'Times of the lanes are reference defaults, not yet to be changed',
  counts: '{{cases}} cases, {{units}} units',
  open: 'Open',
  longest: 'Longest',
  next: 'Next',
  marked: '✓',
  hint: '↑↓ move  Space mark  Enter open  F7 supervise',
  empty: 'No case in this lane',
  emptyHint: 'The counts of the lanes follow the cases.',
  bulk: 'Bulk: {{count}}',
  bulkTitle: 'Urge or supervise several',
  way: 'Way',
  preview: 'Will be sent',
  willGet: 'gets: {{act}}',
  done: 'sent',
  send: '{{act}}: {{count}}',
  stop: 'Stop',
  sent: '{{done}} of {{total}} sent',
  close: 'Close',
};

export const workspacesEn: Words<typeof workspacesZh> = {
  title: 'Workspaces',
  accept: 'Intake',
  dispatch: 'Dispatch',
  supervise: 'Supervise',
  lead: 'Shift leader',
  assess: 'Scorecard',
  emergency: 'Emergency',
  all: 'All open',
};
