import type { forcesZh } from '../zh-cn/forces.ts';
import type { Words } from '../words.ts';

export const forcesEn: Words<typeof forcesZh> = {
  title: 'People and vehicles · {{time}}',
  card: 'Person or vehicle',
  demo: 'demo data',
  unit: 'Unit',
  position: 'Last position',
  seconds: '{{number}} s ago · {{age}}',
  minutes: '{{number}} min ago · {{age}}',
  marks: {
    clock: 'Its clock is off by more than 2 minutes; the time is that of arrival',
    jump: 'Jumped by more than 1 km; may be wrong',
  },
  track: 'Track of the last hour',
  trackNote: 'Reading a track is put on record',
  trackOf: 'Track of {{number}} points, {{from}}–{{to}}',
  noTrack: 'No position within the last hour',
  close: 'Close',
  limits: 'Old after {{old}} minutes, lost after {{silent}}',
  placeholder: 'placeholder, to be set (table of policies)',
  lost: '{{refused}} refused, {{dropped}} dropped above the rate',
  inPast: 'The past shows no people and vehicles: positions are not kept',
  tip: '{{kind}} {{id}} · {{unit}} · {{age}}',
};
