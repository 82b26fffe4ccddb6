import type { Actor } from '#domain/access/roles.ts';
import type { Instant } from '#domain/base/instant.ts';
import { Random } from '#domain/base/random.ts';
import type { CaseCommandBody } from '#domain/case/commands.ts';
import type { Photo, PhotoKind } from '#domain/case/photos.ts';
import type { CaseState } from '#domain/case/state.ts';
import type { CaseAction } from '#domain/case/transitions.ts';
import { dayOf, type Day } from '#domain/reference/day.ts';
import type { ReferenceTables } from '#domain/reference/reference-tables.ts';
import type { ReasonAction } from '#domain/reference/rows.ts';
import { isOneOf, type ChanceName } from './chances.ts';
import type { SimulatedCity } from './city.ts';
import { takePhotos, type DemoPhotos } from './demo-photos.ts';
import { seedOf } from './seed-of.ts';

/** What the simulated staff looks at beside the case. */
export interface Scene {
  readonly city: SimulatedCity;
  /** Those in force. */
  readonly tables: ReferenceTables;
  readonly seed: number;
  readonly photos: DemoPhotos;
  /** Simulated milliseconds per millisecond of the host; how long a pause 挂账 lasts depends on it. */
  readonly speed: number;
  /** The open case of the same incident that was reported first, if it is another one. */
  readonly originalOf: (found: CaseState) => CaseState | null;
  /** Happens for certain: the starting picture asks for variety. */
  readonly wish?: ChanceName;
}

/**
 * What the simulated staff does next with a case. `side` says whose post acts: the district desk, or units, townships,
 * collectors and the city's centre.
 */
export interface Step {
  readonly action: CaseAction;
  readonly side: 'desk' | 'field';
  readonly actor: Actor;
  readonly body: CaseCommandBody;
}

/** One look at a case. Its randomness follows from seed, case and version. */
export class Turn {
  readonly scene: Scene;
  readonly found: CaseState;
  readonly now: Instant;
  readonly day: Day;
  readonly random: Random;
  readonly on: { readonly caseId: string; readonly expectedVersion: number };

  constructor(scene: Scene, found: CaseState, now: Instant) {
    this.scene = scene;
    this.found = found;
    this.now = now;
    this.day = dayOf(now);
    this.random = new Random(seedOf(scene.seed, 'step', found.id, found.version));
    this.on = { caseId: found.id, expectedVersion: found.version };
  }

  /** Whether the case is one to which this happens. */
  is(name: ChanceName, caseId = this.found.id): boolean {
    return this.scene.wish === name || isOneOf(this.scene.seed, name, caseId);
  }

  /** The unit that holds the case; null for the desk. */
  get unit(): string | null {
    return this.found.holder?.unit ?? null;
  }

  /** The grid of the place. Where it is not of this district any more, one of its cells, always the same. */
  get grid(): string {
    const { areas, cells } = this.scene.city;
    const { gridCode } = this.found.place;
    if (gridCode !== null && areas.area(gridCode) !== undefined) return gridCode;
    return new Random(seedOf('grid', this.found.id)).pick(cells).code;
  }

  /** One of these reason codes if the table has it, else any of that action; null when it has none. */
  reasonCode(action: ReasonAction, ...wanted: readonly string[]): string | null {
    const codes = this.scene.tables.reasonsFor(action, this.day).map(({ code }) => code);
    const fitting = codes.filter((code) => wanted.includes(code));
    return fitting.length > 0 ? this.random.pick(fitting) : (codes.at(-1) ?? null);
  }

  /** Photos of these kinds, taken here and now. */
  photos(...kinds: readonly PhotoKind[]): readonly Photo[] {
    const { scene, found, now } = this;
    return takePhotos(
      scene.photos,
      kinds,
      { ...found.place, classRef: found.classRef },
      now,
      scene.seed,
      found.id,
      found.version,
    );
  }

  desk(actor: Actor, body: CaseCommandBody): Step {
    return { action: body.type, side: 'desk', actor, body };
  }

  field(actor: Actor, body: CaseCommandBody): Step {
    return { action: body.type, side: 'field', actor, body };
  }
}

/** A step that somebody would take here; null to leave it to the next in the list. */
export type Offer = (turn: Turn) => Step | null;
