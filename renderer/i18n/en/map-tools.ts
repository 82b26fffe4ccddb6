import type { Words } from '../words.ts';
import type { mapToolsZh } from '../zh-cn/map-tools.ts';

export const mapToolsEn: Words<typeof mapToolsZh> = {
  title: 'Map tools',
  tools: { layers: 'Layers', select: 'Select', measure: 'Measure', list: 'List', picture: 'Picture' },
  draw: { box: 'Box', lasso: 'Lasso', distance: 'Distance', area: 'Area' },
  wholeView: 'All in view',
  end: 'End',
  dragHelp: 'Drag a region; by keyboard: arrows move the cross, Enter sets a point, Enter again at the same place ends',
  clickHelp:
    'Click point by point, double click ends; by keyboard: arrows move the cross, Enter sets a point, Enter again ends, Backspace takes one back',
  points: '{{number}} points',
  meters: '{{number}} m',
  kilometers: '{{number}} km',
  squareMeters: '{{number}} m²',
  squareKilometers: '{{number}} km²',
  list: {
    title: 'Cases on the map',
    inView: '{{number}} in view',
    inRegion: '{{number}} in the region',
    order: 'Order',
    orders: { urgent: 'Level, due', due: 'Due', newest: 'Newest', class: 'Class', unit: 'Unit' },
    clear: 'Clear region',
    close: 'Close list',
    changed: 'Changed, refresh',
    emptyView: 'No case in view. Zoom out or widen the filter.',
    emptyRegion: 'No case in the region.',
    noUnit: 'not dispatched',
    gone: 'closed, or outside the filter now',
  },
  picture: {
    title: 'Picture of the map',
    size: 'Size',
    sizeName: '{{ratio}}× · {{width}} × {{height}}',
    save: 'Save PNG',
    saving: 'Drawing…',
    close: 'Close',
    failed: 'No picture: {{reason}}',
    about: 'The picture carries legend, scale, time of data and approval number (or that it is schematic).',
    noMap: 'the map is not drawn yet',
    file: 'grid-map',
  },
};
