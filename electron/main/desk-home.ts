import { displayUnder, isSameArea, type DisplayFacts } from './display-layout.ts';
import type { Area } from './windows/window-place.ts';

/**
 * Where a person has put a desk window. A system that loses a display pushes its windows to a neighbour and leaves them there when
 * the display is back (M1); this brings the window back.
 */
export class DeskHome {
  #home: { readonly place: Area; readonly display: Area } | null = null;
  #last: { readonly displays: string; readonly place: Area } | null = null;

  /**
   * One look at the displays and at the window, every few seconds and after each change.
   *
   * A place is a person's choice when two looks in a row see it on the same displays: the system may have moved the window
   * before it tells that a display is gone.
   *
   * @returns where the window must go; null: it stays
   */
  look(present: readonly DisplayFacts[], place: Area): Area | null {
    const displays = JSON.stringify(present.map(({ bounds }) => bounds));
    const isSteady = this.#last?.displays === displays && isSameArea(this.#last.place, place);
    const hasChanged = this.#last !== null && this.#last.displays !== displays;
    this.#last = { displays, place };
    const under = displayUnder(place, present);
    const home = this.#home;
    const isHomeHere = home !== null && present.some(({ bounds }) => isSameArea(bounds, home.display));
    if (hasChanged && isHomeHere && (under === undefined || !isSameArea(under.bounds, home.display))) {
      this.#last = { displays, place: home.place };
      return home.place;
    }
    if (under !== undefined && (home === null || (isSteady && isHomeHere)))
      this.#home = { place, display: under.bounds };
    return null;
  }
}
