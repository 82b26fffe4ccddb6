import type { Words } from '../words.ts';
import type { mapWorkZh } from '../zh-cn/map-work.ts';

export const mapWorkEn: Words<typeof mapWorkZh> = {
  find: {
    title: 'Find a place',
    hint: 'name, pinyin initials, grid code, case, coordinate',
    results: 'Found places',
    about:
      'As tzz, 110113101, the last digits of a case, 116.65 40.13; the town before a village tells namesakes apart',
    none: 'Nothing found; try town and village, or the grid code',
    keys: '↑↓ choose, Enter goes there, Esc closes',
    close: 'Close finding',
    point: '{{lon}} east, {{lat}} north',
  },
  compare: {
    title: 'Map to compare',
    choices: 'Figure and time of the map to compare',
    period: 'Time',
    periods: { now: 'Now', hour: '1 hour ago', day: '1 day ago', week: '7 days ago', month: '30 days ago' },
    close: 'End comparing',
    loading: 'Loading…',
    asOfNow: 'Compared: now, {{time}}',
    asOfThen: 'Compared: as known {{time}}',
  },
  follow: {
    title: 'Following',
    modes: { newest: 'Newest report', top: 'Top of the list' },
    now: 'Following {{id}}',
    none: 'No case to follow yet',
    end: 'Stop following',
  },
  pins: {
    title: 'Pins',
    about: 'Kept on this workstation alone: in no journal, no backup, on no wall.',
    notKept: 'The storage of this machine is full or off: pins are lost when the window closes',
    place: 'Click on the map',
    center: 'In the middle of the map',
    undo: 'Bring back {{id}}',
    none: 'No pins yet',
    note: 'Note of pin {{id}}',
    hint: 'Note, at most 200 characters',
    fly: 'Go there',
    flyTo: 'Go to pin {{id}}',
    remove: 'Remove',
    removeOf: 'Remove pin {{id}}',
    close: 'Close pins',
    placing: 'Click the map to set the pin, Esc gives up',
  },
};
