import type { componentsZh } from '../zh-cn/components.ts';
import type { Words } from '../words.ts';

export const componentsEn: Words<typeof componentsZh> = {
  layer: 'Components',
  open: 'Inventories of components …',
  title: 'Inventories of components',
  hint: 'CSV (names of columns in the first row; id of 17 digits, longitude and latitude are needed), or GeoJSON of points. Say which coordinate system it is in: nothing is guessed.',
  system: 'Coordinate system',
  systems: {
    wgs84: 'WGS-84, CGCS2000 (degrees)',
    gcj02: 'GCJ-02',
    bd09: 'BD-09',
    zone39: 'CGCS2000, 3° zone 39 (117°, with its number)',
    plain117: 'CGCS2000, central meridian 117° (no number)',
  },
  chosen: 'File {{file}}',
  cancelled: 'Cancelled; nothing was kept. The figures are of the rows read so far.',
  kept: '{{number}} kept; switch them on among the layers',
  classes: '{{number}} classes: {{list}}',
  list: 'Kept inventories',
  inventory: '{{time}} · {{number}} · {{size}} MB',
  isDamaged: 'its file was changed; not drawn',
  withdraw: 'Take off',
  empty: 'No inventory was imported yet',
  loading: 'Reading the inventories of components …',
  none: 'No inventory of components was imported yet',
  asOf: 'Inventory of components as of {{day}}',
  damaged: '{{number}} inventories are damaged and not drawn',
  inPast: 'Inventories have no history: shown as they are now',
  otherClasses: 'other components',
};
