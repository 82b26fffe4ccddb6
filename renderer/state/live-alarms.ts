import type { AlarmChange, AlarmRateRow, AlarmRow } from '#contract/alarms.ts';
import { isWaiting, type Alarm } from '#domain/alarms/alarm.ts';
import { groupsOf, type AlarmGroup } from '#domain/alarms/alarm-groups.ts';
import type { Client } from '#renderer/client/client.ts';

/** What stands at a moment; a new object whenever anything changed. */
export interface AlarmSight {
  /** False before the host's first word. */
  readonly isKnown: boolean;
  readonly rate: AlarmRateRow | null;
  /** What is not on the shelf, by level, what waits, age. */
  readonly groups: readonly AlarmGroup[];
  readonly shelved: readonly Alarm[];
  /** Alarms that nobody has acknowledged, the most urgent first. */
  readonly waiting: readonly Alarm[];
  readonly byId: ReadonlyMap<number, Alarm>;
}

const nothing: AlarmSight = {
  isKnown: false,
  rate: null,
  groups: [],
  shelved: [],
  waiting: [],
  byId: new Map(),
};

/** The alarms that stand, as the host streams them. They are always those of now, also while the desk shows the past. */
export class LiveAlarms {
  #alarms = new Map<number, Alarm>();
  #rate: AlarmRateRow | null = null;
  #sight = nothing;
  readonly #listeners = new Set<() => void>();

  get sight(): AlarmSight {
    return this.#sight;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Everything held is void: all alarms come again. What is on the screen stays until then. */
  reset(): void {
    this.#alarms = new Map();
  }

  apply(changes: readonly AlarmChange[], isComplete: boolean): void {
    for (const change of changes) {
      if (change.kind === 'gone') this.#alarms.delete(change.id);
      else if (change.kind === 'rate') this.#rate = change.rate;
      else this.#alarms.set(change.alarm.id, alarmOf(change.alarm));
    }
    if (!isComplete) return;
    const all = [...this.#alarms.values()];
    const groups = groupsOf(
      all.filter(({ shelf }) => shelf === null),
      this.#rate?.isDense ?? false,
    );
    this.#sight = {
      ...{ isKnown: true, rate: this.#rate, groups, byId: new Map(this.#alarms) },
      shelved: all.filter(({ shelf }) => shelf !== null).sort((a, b) => (a.shelf?.until ?? 0) - (b.shelf?.until ?? 0)),
      waiting: groups.flatMap(({ alarms }) => alarms.filter(isWaiting)),
    };
    for (const listener of this.#listeners) listener();
  }

  follow(client: Client): () => void {
    return client.watch(
      'alarms.watch',
      {},
      {
        reset: () => this.reset(),
        apply: (items, { isComplete }) => this.apply(items, isComplete),
        failed: () => {},
      },
    );
  }
}

/** The alarm that travelled: the same fields, with moments as plain numbers. */
export function alarmOf(row: AlarmRow): Alarm {
  return row as unknown as Alarm;
}
