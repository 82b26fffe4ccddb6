import { leastSizes } from './legibility.ts';

/** Font sizes of the wall in units: text, key figures, digits beside text. */
export const textUnits = { han: 28, figure: 62, digit: 28 } as const;

/** Heights in units, as the style sheet has them. */
const heights = {
  head: 64,
  foot: 40,
  figure: 160,
  bareFigure: 120,
  listHead: 44,
  row: 48,
  unitHead: 40,
  unitRow: 34,
} as const;

/** Rows of the list that are tried, and units that are listed. */
const listRows = [8, 6, 4] as const;
const UNITS = 5;
/** A list narrower than this many units shows no unit, then no place. */
const ROOM_FOR_UNIT = 560;
const ROOM_FOR_PLACE = 400;
/** One at least as wide shows village and state as well. */
const ROOM_FOR_MORE = 1_000;
/** Wider than so many heights: the panels stand beside each other. */
const WIDE = 2.4;
const PANORAMA = 4.4;

export interface WallSize {
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Device pixels for each of them. */
  readonly ratio: number;
  /** Null where nobody has said how large a pixel is and where people sit. */
  readonly sight: { readonly pitchMm: number; readonly seatM: number } | null;
}

/**
 * `tall`: the map above, panels below. `single`: map and one column. `wide`: map, then the panels side by side. `panorama`: panels, map,
 * list.
 */
export type WallForm = 'tall' | 'single' | 'wide' | 'panorama';

/** How the wall is laid out. `unit`: CSS pixels of one unit. What is false or less than full was left out for want of room. */
export interface WallFit {
  readonly form: WallForm;
  readonly unit: number;
  readonly rows: number;
  readonly hasUnits: boolean;
  readonly hasLines: boolean;
  readonly listHas: { readonly unit: boolean; readonly place: boolean; readonly more: boolean };
  /** Width of the wall, and height between head and foot, units. */
  readonly wide: number;
  readonly body: number;
  /** Share of the width, or of the height if `tall`, that the map has. */
  readonly mapShare: number;
}

/**
 * One unit for all lengths (desk-wall-briefing.md §8.1), larger where the farthest seat asks for it (T1). Nothing shrinks below
 * that: things go in the order of §9.12: units, rows of the list, lines of the day; figures and map stay.
 */
export function wallFit({ width, height, ratio, sight }: WallSize): WallFit {
  const usual = Math.min(height, width * 0.5625) / 1_080;
  const least = sight === null ? null : leastSizes(sight.pitchMm, sight.seatM);
  const unit =
    least === null
      ? usual
      : Math.max(
          usual,
          least.han / ratio / textUnits.han,
          least.figure / ratio / textUnits.figure,
          least.digit / ratio / textUnits.digit,
        );
  const [wide, high] = [width / unit, height / unit];
  const form =
    width < height ? 'tall' : width / height >= PANORAMA ? 'panorama' : width / height >= WIDE ? 'wide' : 'single';
  const body = high - heights.head - heights.foot;
  const column = columnOf(form, wide);
  const room = form === 'tall' ? body * 0.55 : body;
  const stacked = form === 'panorama' ? { figures: 1, list: 0 } : { figures: 1, list: 1 };
  const choice = choiceOf(form, room, stacked);
  return {
    ...choice,
    ...{ form, unit, wide, body },
    listHas: { unit: column >= ROOM_FOR_UNIT, place: column >= ROOM_FOR_PLACE, more: column >= ROOM_FOR_MORE },
    mapShare:
      form === 'single'
        ? 1 - column / wide
        : form === 'tall'
          ? 1 - usedBy(choice) / body
          : form === 'wide'
            ? 0.5
            : 0.36,
  };
}

type Choice = Pick<WallFit, 'rows' | 'hasUnits' | 'hasLines'>;

/** Left room in a list of a wall's width beside its map, units. */
function columnOf(form: WallForm, wide: number): number {
  if (form === 'tall') return wide - 36;
  if (form === 'single') return Math.max(wide * 0.4, Math.min(ROOM_FOR_UNIT + 40, wide * 0.55)) - 36;
  // Beside the units, and with a third of the wall: shares of scenes.tsx and its style sheet.
  return form === 'wide' ? (wide / 2 - 76) * (1.7 / 2.7) : wide * (1.2 / 3.5) - 36;
}

function choiceOf(form: WallForm, room: number, { list }: { readonly list: number }): Choice {
  const full: Choice = { rows: listRows[0], hasUnits: true, hasLines: true };
  const fewer: readonly Choice[] = [
    full,
    ...listRows.map((rows) => ({ ...full, hasUnits: false, rows })),
    { rows: 4, hasUnits: false, hasLines: false },
    { rows: 0, hasUnits: false, hasLines: false },
  ];
  const need = (choice: Choice) => {
    if (form === 'single' || form === 'tall') return usedBy(choice);
    const figures = form === 'wide' ? heightOfFigures(choice, 1) : heightOfFigures(choice, 2);
    return figures + Math.max(list * listHeight(choice.rows), choice.hasUnits ? unitsHeight : 0);
  };
  return fewer.find((choice) => need(choice) <= room) ?? { rows: 0, hasUnits: false, hasLines: false };
}

function usedBy(choice: Choice): number {
  return heightOfFigures(choice, 2) + listHeight(choice.rows) + (choice.hasUnits ? unitsHeight : 0);
}

const unitsHeight = heights.unitHead + UNITS * heights.unitRow;

function heightOfFigures({ hasLines }: Choice, rows: number): number {
  return rows * (hasLines ? heights.figure : heights.bareFigure);
}

function listHeight(rows: number): number {
  return rows === 0 ? 0 : heights.listHead + rows * heights.row;
}
