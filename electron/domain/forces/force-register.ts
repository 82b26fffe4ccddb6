import { instant, type Instant } from '#domain/base/instant.ts';
import { distanceMetres } from '#domain/same-cause/distance.ts';
import type { ForcePosition, ForceReport, PositionMark, TrackPoint } from './force.ts';
import { TrackRing } from './track-ring.ts';

/** So many people and vehicles at once: a whole city's (live-and-storage.md LV1). */
const mostForces = 25_000;

/** A sender's clock may be off by so much without a mark (LV2). */
const CLOCK_TOLERANCE_MS = 120_000;
/** Further than this, and faster than this within one period of 30 s, nobody is moved: a jump (LV2). */
const JUMP_METRES = 1_000;
const JUMP_METRES_PER_MS = 1_000 / 30_000;
/** Tracks 轨迹 end after an hour, and positions that nobody renewed with the shift. */
const TRACK_MS = 3_600_000;
const FORGET_AFTER_MS = 12 * 3_600_000;
/** A position older than this says nothing about now. */
const TOO_LATE_MS = TRACK_MS;

/**
 * What became of one report. `older`: a later position is known already. `too_late`: taken more than an hour ago.
 * `full`: nobody new fits. `other_kind`: the number belongs to somebody of another kind, or real and demo data would mix.
 */
export type ReportOutcome = 'taken' | 'older' | 'too_late' | 'full' | 'other_kind';

interface Known {
  position: ForcePosition;
  readonly track: TrackRing;
}

/**
 * Last known positions, in memory alone: latest time wins, reports are merged and never queued. Positions are personal data:
 * nothing of them is written anywhere, tracks are an hour long, and all of it is gone with the process.
 */
export class ForceRegister {
  readonly #known = new Map<string, Known>();
  readonly #most: number;
  #changed = new Set<string>();
  #gone: number[] = [];
  #nextSlot = 0;

  constructor(most = mostForces) {
    this.#most = most;
  }

  get size(): number {
    return this.#known.size;
  }

  report(given: ForceReport, now: Instant): ReportOutcome {
    const known = this.#known.get(given.id);
    if (known !== undefined && (known.position.kind !== given.kind || known.position.isDemo !== given.isDemo)) {
      return 'other_kind';
    }
    if (given.at < now - TOO_LATE_MS) return 'too_late';
    const at = instant(Math.min(given.at, now));
    if (known !== undefined && at < known.position.at) return 'older';
    if (known === undefined && this.#known.size >= this.#most) return 'full';
    const marks: PositionMark[] = [];
    if (given.at > now + CLOCK_TOLERANCE_MS) marks.push('clock');
    if (known !== undefined && isJump(known.position, given, at)) marks.push('jump');
    const slot = known?.position.slot ?? this.#nextSlot++;
    const { id, kind, unit, lon, lat, isDemo } = given;
    const position = { slot, id, kind, unit, lon, lat, isDemo, at, marks };
    const track = known?.track ?? new TrackRing();
    track.add({ at, lon, lat });
    if (known === undefined) this.#known.set(id, { position, track });
    else known.position = position;
    this.#changed.add(id);
    return 'taken';
  }

  /** All last known positions. */
  all(): readonly ForcePosition[] {
    return Array.from(this.#known.values(), ({ position }) => position);
  }

  /** What changed since this was asked last: each person once, however often it moved. Null when nothing did. */
  takeChanges(): { readonly moved: readonly ForcePosition[]; readonly gone: readonly number[] } | null {
    if (this.#changed.size === 0 && this.#gone.length === 0) return null;
    const moved = [...this.#changed].flatMap((id) => this.#known.get(id)?.position ?? []);
    const gone = this.#gone;
    this.#changed = new Set();
    this.#gone = [];
    return { moved, gone };
  }

  /** Where somebody was within the last hour, oldest first; undefined for nobody. */
  track(id: string, now: Instant): readonly TrackPoint[] | undefined {
    return this.#known.get(id)?.track.since(now - TRACK_MS);
  }

  /** Lets tracks end after an hour, and forgets whom nobody has heard of for twelve. */
  forget(now: Instant): void {
    for (const [id, { position, track }] of this.#known) {
      track.forgetBefore(now - TRACK_MS);
      if (position.at >= now - FORGET_AFTER_MS) continue;
      this.#known.delete(id);
      this.#changed.delete(id);
      this.#gone.push(position.slot);
    }
  }
}

function isJump(from: ForcePosition, to: ForceReport, at: Instant): boolean {
  const metres = distanceMetres(from, to);
  return metres > JUMP_METRES && metres > (at - from.at) * JUMP_METRES_PER_MS;
}
