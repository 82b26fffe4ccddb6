import { basename } from 'node:path';
import type { WireError } from '#contract/errors.ts';
import type { DistrictVersion } from '#contract/district.ts';
import { HOUR_MS } from '#domain/base/instant.ts';
import { ok, refused, type Result } from '#domain/base/result.ts';
import { dayOf } from '#domain/reference/day.ts';
import type { Clock, Scheduler } from '#host/ports/clock.ts';
import type { HealthFacts } from '#host/ports/health.ts';
import type { VersionAbout } from '../lab/messages.ts';
import type { DistrictSource } from '../load-district.ts';
import { VersionFiles, type StoredVersion } from './version-files.ts';

export interface DistrictVersionsOptions {
  /** `DATA/districts` */
  readonly folder: string;
  /** What ships or the command line names: in force before every version. */
  readonly base: DistrictSource;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly health: HealthFacts;
}

/** A version, and what was in force before it, newest first. */
export interface ChosenDistrict {
  readonly source: DistrictSource;
  readonly former: readonly DistrictSource[];
}

/** Versions of the district with days in force (decision 18). */
export interface DistrictVersions {
  /** What the host runs on: what is in force at the start, later what {@link follow} took over. */
  readonly chosen: ChosenDistrict;
  /**
   * From now on a version is handed over as soon as its day has begun, one at a time; it is in force once `takeOver` has
   * resolved. One that is refused is told as a health fact and tried again after an hour.
   */
  follow(takeOver: (next: ChosenDistrict) => Promise<void>): void;
  /** Newest first day first, the base last. */
  list(): readonly DistrictVersion[];
  /** A moment for the next version: a clock that was set back must not put it behind an older one. */
  nextAcceptedAt(): number;
  incomingFile(id: string): string;
  take(incoming: string, sha256: string, about: VersionAbout): Promise<Result<DistrictVersion, WireError>>;
  withdraw(version: string): Promise<Result<null, WireError>>;
  close(): void;
}

/** @throws the system's error if the folder cannot be read */
export async function openDistrictVersions(options: DistrictVersionsOptions): Promise<DistrictVersions> {
  const { base, clock, scheduler, health } = options;
  const files = new VersionFiles(options.folder);
  let stored = await files.open();
  const isBegun = ({ effectiveFrom }: StoredVersion) => effectiveFrom <= dayOf(clock.now());
  const newestBegun = () => stored.findLast((one) => one.about !== null && isBegun(one)) ?? null;
  let running = newestBegun();
  const sourceOf = ({ file }: StoredVersion): DistrictSource => ({
    ...{ file, mappingFile: null, contextFile: base.contextFile },
  });
  const choose = (one: StoredVersion | null): ChosenDistrict => {
    if (one === null) return { source: base, former: [] };
    const before = stored.filter((other) => other.about !== null && other !== one && isBegun(other)).toReversed();
    return { source: sourceOf(one), former: [...before.map(sourceOf), base] };
  };
  let chosen = choose(running);

  for (const { version } of stored.filter(({ about }) => about === null)) {
    const inForce = running?.version ?? basename(base.file);
    health.raise({
      ...{ id: `district.${version}`, severity: 'error', code: 'district_damaged' },
      detail: { version, inForce },
    });
  }
  let cancel = () => {};
  let takeOver: ((next: ChosenDistrict) => Promise<void>) | null = null;
  let isTakingOver = false;
  const tellDue = (due: StoredVersion) => {
    const detail = { name: due.about?.name ?? '', day: due.effectiveFrom };
    health.raise({ id: 'district.due', severity: 'warning', code: 'district_due', detail });
  };
  const look = async () => {
    if (isTakingOver) return;
    const due = newestBegun();
    if (due === null || due === running) return health.clear('district.due');
    if (takeOver === null) return tellDue(due);
    isTakingOver = true;
    try {
      const next = choose(due);
      await takeOver(next);
      [running, chosen] = [due, next];
      health.clear('district.due');
    } catch {
      tellDue(due);
    } finally {
      isTakingOver = false;
    }
  };
  const watch = () => {
    void look();
    // The day begins with the first whole hour of it, wherever that is; a clock that was set is noticed an hour later.
    cancel = scheduler.after(HOUR_MS - (clock.now() % HOUR_MS), watch);
  };
  watch();

  const rowOf = (one: StoredVersion): DistrictVersion => ({
    ...{ version: one.version, isBase: false, effectiveFrom: one.effectiveFrom },
    state: stateOf(one),
    name: one.about?.name ?? '',
    acceptedAt: one.about?.acceptedAt ?? null,
    acceptedBy: one.about?.acceptedBy ?? '',
    note: one.about?.note ?? '',
    areas: [...(one.about?.areas ?? [])],
    problems: one.about?.problems ?? 0,
  });
  const stateOf = (one: StoredVersion): DistrictVersion['state'] => {
    if (one.about === null) return 'damaged';
    if (one === running) return 'in_force';
    if (!isBegun(one)) return 'waits';
    return one === newestBegun() ? 'due' : 'past';
  };

  return {
    get chosen() {
      return chosen;
    },
    follow: (next) => {
      takeOver = next;
      void look();
    },
    list: () => [
      ...stored.map(rowOf).toReversed(),
      {
        ...{ version: basename(base.file), isBase: true, state: running === null ? 'in_force' : 'past' },
        ...{ name: '', effectiveFrom: null, acceptedAt: null, acceptedBy: '', note: '', areas: [], problems: 0 },
      },
    ],
    nextAcceptedAt: () => Math.max(clock.now(), ...stored.map(({ about }) => (about?.acceptedAt ?? 0) + 1)),
    incomingFile: (id) => files.incoming(id),
    take: async (incoming, sha256, about) => {
      try {
        const taken = await files.take(incoming, sha256, about);
        stored = [...stored, taken].toSorted((a, b) => (a.version < b.version ? -1 : 1));
        void look();
        return ok(rowOf(taken));
      } catch (cause) {
        return refused(unavailable(cause));
      }
    },
    withdraw: async (version) => {
      const found = stored.find((one) => one.version === version);
      if (found === undefined) return refused({ code: 'not_found', detail: {} });
      const state = stateOf(found);
      if (state === 'in_force' || state === 'past') return refused({ code: 'version_in_force', detail: {} });
      try {
        await files.withdraw(found);
      } catch (cause) {
        return refused(unavailable(cause));
      }
      stored = stored.filter((one) => one !== found);
      health.clear(`district.${version}`);
      void look();
      return ok(null);
    },
    close: () => cancel(),
  };
}

function unavailable(cause: unknown): WireError {
  const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
  return { code: 'unavailable', detail: { part: 'district', reason } };
}
