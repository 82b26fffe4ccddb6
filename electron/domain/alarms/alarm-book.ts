import { instant, MINUTE_MS, plus, type Instant } from '#domain/base/instant.ts';
import { refused, type Result } from '#domain/base/result.ts';
import type { Alarm, Reading } from './alarm.ts';
import { groupKeyOf } from './alarm-groups.ts';
import { AlarmRate, type RateBin } from './alarm-rate.ts';
import { stepAlarm, type AlarmEvent, type AlarmRefusal } from './alarm-state.ts';
import { AlarmTally, type TallyRow } from './alarm-tally.ts';

/** The same type at the same place so often within a minute chatters (desk-wall-briefing.md §3, A4). */
const CHATTER_COUNT = 3;
const CHATTER_MS = MINUTE_MS;
/** Subjects that share a row. What chatters on gets the next row. */
const MOST_TOGETHER = 50;

/** Everything the book knows, as JSON. */
export interface AlarmPicture {
  readonly nextId: number;
  readonly alarms: readonly Alarm[];
  readonly tally: readonly TallyRow[];
  readonly bins: readonly RateBin[];
}

/** What changed since it was last asked. */
export interface AlarmChanges {
  readonly changed: readonly Alarm[];
  readonly gone: readonly number[];
}

/**
 * All alarms that stand. It is told what stands and what ended, and keeps off-delays, chatter, shelves and the rate; time
 * passes only by {@link look}. Of no more size than what stands.
 */
export class AlarmBook {
  readonly rate = new AlarmRate();
  readonly tally = new AlarmTally();
  readonly #alarms = new Map<number, Alarm>();
  /** The row that holds a subject whose condition stands, or stood when the row was made. */
  readonly #rowOf = new Map<string, number>();
  /** Subjects that a row holds or held. */
  readonly #heldBy = new Map<number, Set<string>>();
  /** Rows by type and place, and by group. */
  readonly #atPlace = new Map<string, Set<number>>();
  readonly #inGroup = new Map<string, Set<number>>();
  /** When a subject was last raised at a place. */
  readonly #raised = new Map<string, readonly Instant[]>();
  /** Off-delays that run: when the subject's alarm ends unless the condition comes back. */
  readonly #ending = new Map<string, Instant>();
  readonly #offDelays = new Map<string, number>();
  #nextId = 1;
  #changed = new Set<number>();
  #gone = new Set<number>();

  /** Takes over what was kept; only while it is empty. */
  restore({ nextId, alarms, tally, bins }: AlarmPicture): void {
    this.#nextId = nextId;
    this.tally.restore(tally);
    this.rate.restore(bins);
    for (const alarm of alarms) this.#keep(alarm);
    this.takeChanges();
  }

  picture(): AlarmPicture {
    return { nextId: this.#nextId, alarms: this.standing(), tally: this.tally.rows(), bins: this.rate.bins() };
  }

  standing(): readonly Alarm[] {
    return [...this.#alarms.values()];
  }

  get(id: number): Alarm | undefined {
    return this.#alarms.get(id);
  }

  /** Whether the subject's alarm is on now: its condition stands, or its off-delay runs. */
  typeOf(key: string): string | null {
    const alarm = this.#alarmOf(key);
    return alarm?.active.includes(key) === true ? alarm.typeId : null;
  }

  /** Subjects whose alarms are on. */
  activeKeys(): readonly string[] {
    return this.standing().flatMap(({ active }) => active);
  }

  /** A condition stands for a subject. The same again only renews what it is about. */
  raise(reading: Reading, now: Instant): void {
    const { key } = reading;
    this.#ending.delete(key);
    const known = this.#alarmOf(key);
    if (known !== undefined && known.typeId !== reading.typeId) this.#end(key, now);
    this.#offDelays.set(key, reading.offDelayMs);
    const held = this.#alarmOf(key);
    const row = held?.typeId === reading.typeId ? held : undefined;
    if (row?.active.includes(key) === true) {
      if (JSON.stringify(row.about) !== JSON.stringify(reading.about) && row.active.length === 1) {
        this.#apply(row, { type: 'again', key, about: reading.about, at: now });
      }
      return;
    }
    this.tally.note(reading.typeId, reading.priority, now);
    const isChattering = this.#noteRaised(reading, now);
    const target = row ?? (isChattering ? this.#gathered(reading) : undefined);
    if (target === undefined) return this.#add(reading, now);
    // A subject that was not there before is news, also on a row that somebody has seen.
    const isNews = row === undefined && target.state !== 'new';
    const woken = isNews ? { ...target, state: 'new' as const, acknowledged: null, inHand: null } : target;
    this.#apply(woken, { type: 'again', key, about: reading.about, at: now });
    this.#rowOf.set(key, target.id);
  }

  /** The condition of a subject ended; its alarm ends with it, or when its off-delay is over. */
  end(key: string, now: Instant): void {
    if (this.typeOf(key) === null || this.#ending.has(key)) return;
    const delay = this.#offDelays.get(key) ?? 0;
    if (delay > 0) this.#ending.set(key, plus(now, delay));
    else this.#end(key, now);
  }

  /** What an act of a person would make of an alarm; nothing is changed. */
  tryAct(id: number, event: AlarmEvent): Result<Alarm | null, AlarmRefusal | 'not_found'> {
    const alarm = this.#alarms.get(id);
    return alarm === undefined ? refused('not_found') : stepAlarm(alarm, event);
  }

  act(id: number, event: AlarmEvent): Result<Alarm | null, AlarmRefusal | 'not_found'> {
    const alarm = this.#alarms.get(id);
    return alarm === undefined ? refused('not_found') : this.#apply(alarm, event);
  }

  /** Lets time pass: off-delays, shelves, the rate. True when the rate's judgement changed. */
  look(now: Instant): boolean {
    for (const [key, at] of this.#ending) if (at <= now) this.#end(key, now);
    for (const alarm of this.#alarms.values()) {
      if (alarm.shelf !== null && alarm.shelf.until <= now) this.#apply(alarm, { type: 'shelf_over', at: now });
    }
    for (const [place, times] of this.#raised) {
      if ((times.at(-1) ?? 0) <= now - CHATTER_MS) this.#raised.delete(place);
    }
    return this.rate.look(now);
  }

  /** When time alone may change something next; null if never. */
  nextAt(): Instant | null {
    const shelves = this.standing().flatMap(({ shelf }) => shelf?.until ?? []);
    const times = [...this.#ending.values(), ...shelves, this.rate.nextAt() ?? []].flat();
    return times.length === 0 ? null : instant(times.reduce<number>((a, b) => Math.min(a, b), Infinity));
  }

  takeChanges(): AlarmChanges {
    const changed = [...this.#changed].flatMap((id) => this.#alarms.get(id) ?? []);
    const gone = [...this.#gone];
    this.#changed = new Set();
    this.#gone = new Set();
    return { changed, gone };
  }

  #alarmOf(key: string): Alarm | undefined {
    const id = this.#rowOf.get(key);
    return id === undefined ? undefined : this.#alarms.get(id);
  }

  #add({ key, typeId, condition, priority, isShelvable, place, about }: Reading, now: Instant): void {
    const id = this.#nextId;
    this.#nextId += 1;
    const groupKey = groupKeyOf({ typeId, place }, false);
    if (!this.#inGroup.has(groupKey)) this.rate.note(now);
    this.#keep({
      ...{ id, typeId, condition, priority, isShelvable, place, about },
      ...{ state: 'new', raisedAt: now, lastAt: now, count: 1, active: [key], endedAt: null },
      ...{ acknowledged: null, inHand: null, shelf: null },
    });
  }

  /** Whether the place chatters with this raise. */
  #noteRaised(reading: Reading, now: Instant): boolean {
    const place = placeKeyOf(reading);
    const times = [...(this.#raised.get(place) ?? []), now].filter((at) => at > now - CHATTER_MS).slice(-CHATTER_COUNT);
    this.#raised.set(place, times);
    return times.length >= CHATTER_COUNT;
  }

  /** The one row of a place that chatters: its oldest, which takes in the others. */
  #gathered(reading: Reading): Alarm | undefined {
    const rows = [...(this.#atPlace.get(placeKeyOf(reading)) ?? [])]
      .flatMap((id) => this.#alarms.get(id) ?? [])
      .filter(({ shelf, active }) => shelf === null && active.length < MOST_TOGETHER)
      .sort((a, b) => a.id - b.id);
    const [first, ...others] = rows;
    if (first === undefined) return undefined;
    let gathered = first;
    for (const other of others) {
      if (gathered.active.length + other.active.length >= MOST_TOGETHER) break;
      const isNew = gathered.state === 'new' || other.state === 'new';
      this.#drop(other);
      gathered = {
        ...gathered,
        ...(isNew ? { state: 'new' as const, acknowledged: null, inHand: null } : {}),
        count: gathered.count + other.count,
        active: [...gathered.active, ...other.active],
      };
    }
    this.#keep(gathered);
    return gathered;
  }

  #end(key: string, now: Instant): void {
    this.#ending.delete(key);
    const alarm = this.#alarmOf(key);
    if (alarm !== undefined) this.#apply(alarm, { type: 'ended', key, at: now });
  }

  #apply(alarm: Alarm, event: AlarmEvent): Result<Alarm | null, AlarmRefusal> {
    const next = stepAlarm(alarm, event);
    if (!next.ok) return next;
    if (next.value === null) this.#drop(alarm);
    else this.#keep(next.value);
    return next;
  }

  #keep(alarm: Alarm): void {
    this.#alarms.set(alarm.id, alarm);
    this.#changed.add(alarm.id);
    for (const key of alarm.active) {
      this.#rowOf.set(key, alarm.id);
      into(this.#heldBy, alarm.id, key);
    }
    into(this.#atPlace, placeKeyOf(alarm), alarm.id);
    into(this.#inGroup, groupKeyOf(alarm, false), alarm.id);
  }

  #drop(alarm: Alarm): void {
    this.#alarms.delete(alarm.id);
    this.#changed.delete(alarm.id);
    this.#gone.add(alarm.id);
    for (const key of this.#heldBy.get(alarm.id) ?? []) {
      if (this.#rowOf.get(key) !== alarm.id) continue;
      this.#rowOf.delete(key);
      this.#offDelays.delete(key);
      this.#ending.delete(key);
    }
    this.#heldBy.delete(alarm.id);
    outOf(this.#atPlace, placeKeyOf(alarm), alarm.id);
    outOf(this.#inGroup, groupKeyOf(alarm, false), alarm.id);
  }
}

function placeKeyOf({ typeId, place, about }: Pick<Alarm, 'typeId' | 'place' | 'about'>): string {
  const { area, grid } = place;
  const spot = grid ?? area ?? (about.kind === 'fact' ? about.code : about.kind === 'source' ? about.source : '');
  return `${typeId} ${spot}`;
}

function into<Key, Item>(index: Map<Key, Set<Item>>, key: Key, item: Item): void {
  const items = index.get(key);
  if (items === undefined) index.set(key, new Set([item]));
  else items.add(item);
}

function outOf(index: Map<string, Set<number>>, key: string, id: number): void {
  const ids = index.get(key);
  ids?.delete(id);
  if (ids?.size === 0) index.delete(key);
}
