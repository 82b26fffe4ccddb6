import { createStore, type StoreApi } from 'zustand/vanilla';

/** A person's own mark on the map; degrees, `at` epoch milliseconds. */
export interface Pin {
  readonly id: string;
  readonly lon: number;
  readonly lat: number;
  readonly text: string;
  readonly at: number;
}

export interface PinState {
  /** Oldest first. */
  readonly pins: readonly Pin[];
  /** The last one that was taken away, until another act; null: nothing to undo. */
  readonly removed: { readonly pin: Pin; readonly index: number } | null;
  /** Whether the last change could be kept on this machine. */
  readonly isKept: boolean;
}

export const mostPins = 200;
export const longestNote = 200;

const KEY = 'grid-command-pins';

/**
 * Pins and notes of this workstation. They are kept by the page's own storage and never leave it: what a person jots down may
 * name people, and has no place in the journal, in a backup or on a wall (decision 19).
 */
export class Pins {
  readonly store: StoreApi<PinState>;
  readonly #storage: Pick<Storage, 'getItem' | 'setItem'>;

  constructor(storage: Pick<Storage, 'getItem' | 'setItem'>) {
    this.#storage = storage;
    this.store = createStore<PinState>(() => ({ pins: read(storage.getItem(KEY)), removed: null, isKept: true }));
  }

  /** The new pin's id; null when there are too many. */
  add(lon: number, lat: number, at: number): string | null {
    const { pins } = this.store.getState();
    if (pins.length >= mostPins) return null;
    const number = Math.max(0, ...pins.map(({ id }) => Number(id))) + 1;
    const id = String(number);
    this.#keep([...pins, { id, lon, lat, text: '', at }], null);
    return id;
  }

  write(id: string, text: string): void {
    const { pins, removed } = this.store.getState();
    const cut = text.slice(0, longestNote);
    this.#keep(
      pins.map((pin) => (pin.id === id ? { ...pin, text: cut } : pin)),
      removed,
    );
  }

  remove(id: string): void {
    const { pins } = this.store.getState();
    const index = pins.findIndex((pin) => pin.id === id);
    const pin = pins[index];
    if (pin !== undefined) this.#keep(pins.toSpliced(index, 1), { pin, index });
  }

  /** Puts back what was taken away last, in its place. */
  undo(): void {
    const { pins, removed } = this.store.getState();
    if (removed !== null) this.#keep(pins.toSpliced(removed.index, 0, removed.pin), null);
  }

  #keep(pins: readonly Pin[], removed: PinState['removed']): void {
    this.store.setState({ pins, removed, isKept: this.#write(pins) });
  }

  #write(pins: readonly Pin[]): boolean {
    try {
      this.#storage.setItem(KEY, JSON.stringify(pins));
      return true;
    } catch {
      // The page's storage is full or shut off: said on the screen.
      return false;
    }
  }
}

/** What can't be understood is left out. */
function read(text: string | null): readonly Pin[] {
  try {
    const content: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(content) ? content.filter(isPin).slice(0, mostPins) : [];
  } catch {
    return [];
  }
}

function isPin(value: unknown): value is Pin {
  if (typeof value !== 'object' || value === null) return false;
  const { id, lon, lat, text, at } = value as Readonly<Record<keyof Pin, unknown>>;
  const areNumbers = [lon, lat, at].every((one) => typeof one === 'number' && Number.isFinite(one));
  return typeof id === 'string' && /^\d+$/.test(id) && typeof text === 'string' && areNumbers;
}
