import type { BackupStatus } from '#contract/backup.ts';
import type { BaseMapList } from '#contract/base-map.ts';
import { caseRow } from '#contract/case-row.ts';
import type { CaseChange } from '#contract/cases.ts';
import type { DistrictProgress } from '#contract/district.ts';
import type { Health } from '#contract/health.ts';
import type { ImportProgress } from '#contract/imports.ts';
import { isOpen } from '#domain/case/lifecycle.ts';
import type { Backups } from '#host/ports/backup.ts';
import type { BaseMaps } from '#host/ports/base-maps.ts';
import type { Cases } from '#host/ports/cases.ts';
import type { Scheduler } from '#host/ports/clock.ts';
import type { DistrictLab } from '#host/ports/district-lab.ts';
import type { ImportRuns } from '#host/ports/imports.ts';
import { ChangeRing } from './change-ring.ts';
import type { StreamSource } from './stream-source.ts';

/** Changes kept for clients that come back (architecture.md §5, 7). */
const RING_CHANGES = 20_000;

/** `cases.watch`: all open cases, then every change; a case that closes is removed. */
export function caseStream(cases: Cases): StreamSource<CaseChange> {
  const ring = new ChangeRing<CaseChange>(RING_CHANGES, cases.sequence());
  const listeners = new Set<(items: readonly CaseChange[], sequence: number) => void>();
  cases.onChanged((changes, sequence) => {
    const items = changes.map((change): CaseChange => {
      if (!isOpen(change.state.state)) return { kind: 'remove', id: change.state.id };
      return { kind: 'upsert', row: caseRow(change.state, change.sequence) };
    });
    for (const [index, item] of items.entries()) ring.note(changes[index]?.sequence ?? sequence, item);
    for (const listener of listeners) listener(items, sequence);
  });
  return {
    keyOf: (item) => (item.kind === 'remove' ? item.id : item.row.id),
    snapshot: () => ({ items: cases.openRows().map((row) => ({ kind: 'upsert', row })), sequence: cases.sequence() }),
    since: (sequence) => {
      const items = ring.since(sequence);
      return items === null ? null : { items, sequence: cases.sequence() };
    },
    onItems: (listener) => added(listeners, listener),
  };
}

/** Health goes out at least this often: a client that hears nothing for longer knows that the line is dead. */
const HEALTH_EVERY_MS = 2_000;

/** `health.watch`: the whole health, whenever it changes and every other second. */
export function healthStream(
  report: () => Health,
  onChanged: (listener: () => void) => () => void,
  scheduler: Scheduler,
): StreamSource<Health> & { readonly close: () => void } {
  const listeners = new Set<(items: readonly Health[], sequence: number) => void>();
  const publish = () => {
    if (listeners.size === 0) return;
    const health = report();
    for (const listener of listeners) listener([health], health.journal.sequence);
  };
  let cancel = () => {};
  const tick = () => {
    publish();
    cancel = scheduler.after(HEALTH_EVERY_MS, tick);
  };
  tick();
  const stopHearing = onChanged(publish);
  return {
    keyOf: () => 'health',
    snapshot: () => {
      const health = report();
      return { items: [health], sequence: health.journal.sequence };
    },
    since: () => null,
    onItems: (listener) => added(listeners, listener),
    close: () => {
      cancel();
      stopHearing();
    },
  };
}

/** `imports.watch`: progress of the imports of all kinds since the start of the host. */
export function importStream(kinds: readonly ImportRuns[], sequence: () => number): StreamSource<ImportProgress> {
  return {
    keyOf: (item) => item.importId,
    snapshot: () => ({ items: kinds.flatMap((imports) => imports.list()), sequence: sequence() }),
    since: () => null,
    onItems: (listener) => {
      const stops = kinds.map((imports) => imports.onProgress((progress) => listener([progress], sequence())));
      return () => stops.forEach((stop) => stop());
    },
  };
}

/** `district.watch`: the examination that runs, or ran last. */
export function districtStream(lab: DistrictLab, sequence: () => number): StreamSource<DistrictProgress> {
  return {
    keyOf: () => 'district',
    snapshot: () => ({ items: [lab.progress() ?? []].flat(), sequence: sequence() }),
    since: () => null,
    onItems: (listener) => lab.onProgress((progress) => listener([progress], sequence())),
  };
}

/** `backup.watch`: the whole status, whenever it changes. */
export function backupStream(backups: Backups, sequence: () => number): StreamSource<BackupStatus> {
  return {
    keyOf: () => 'backup',
    snapshot: () => ({ items: [backups.status()], sequence: sequence() }),
    since: () => null,
    onItems: (listener) => backups.onStatus((status) => listener([status], sequence())),
  };
}

/** `basemap.watch`: all base maps, whenever one comes, goes, fails or is well again. */
export function baseMapStream(baseMaps: BaseMaps, sequence: () => number): StreamSource<BaseMapList> {
  const all = (): BaseMapList => ({ maps: [...baseMaps.list()] });
  return {
    keyOf: () => 'base-maps',
    snapshot: () => ({ items: [all()], sequence: sequence() }),
    since: () => null,
    onItems: (listener) => baseMaps.onChanged(() => listener([all()], sequence())),
  };
}

function added<Listener>(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
