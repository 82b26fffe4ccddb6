import { basename } from 'node:path';
import type { BaseMap, BaseMapAdd, BaseMapReason, BaseMapSource } from '#contract/base-map.ts';
import type { WireError } from '#contract/errors.ts';
import { ok, refused, type Result } from '#domain/base/result.ts';
import type { BaseMaps, BaseMapTile } from '#host/ports/base-maps.ts';
import type { Clock, Scheduler } from '#host/ports/clock.ts';
import type { HealthFacts } from '#host/ports/health.ts';
import type { Log } from '#host/ports/log.ts';
import { folderSource } from './folder-source.ts';
import { mbtilesSource } from './mbtiles-source.ts';
import { looksLikeVector, pictureTypeOf } from './picture-type.ts';
import { pmtilesSource } from './pmtiles-source.ts';
import { Registrations, type Registration, type StoredRegistration } from './registrations.ts';
import { knownShift, requireUsable, withoutKey } from './server-address.ts';
import { serverSource } from './server-source.ts';
import { tileAt, TileProblem, wordsOf, type TileBounds, type TileExtent, type TileSource } from './tile-source.ts';

export interface BaseMapsOptions {
  /** `DATA/base-maps` */
  readonly folder: string;
  /** The bundled worker that reads MBTiles. */
  readonly workerFile: string;
  /** What a base map must show, degrees. */
  readonly district: TileBounds;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly health: HealthFacts;
  readonly log: Log;
}

/** A map that fails is looked at again this long after the last look. */
export const LOOK_AGAIN_MS = 5_000;
/** So many tiles in a row that a server does not have are no edge of its coverage any more. */
export const MISSES_IN_A_ROW = 12;

/** With these one tile fails, or some; with any other reason nothing is asked until a look says that it is well again. */
const partial: readonly BaseMapReason[] = ['damaged_tile', 'bad_status', 'not_a_picture', 'no_tiles'];

interface Place {
  readonly zoom: number;
  readonly column: number;
  readonly row: number;
}

interface Kept {
  readonly id: string;
  readonly content: Registration;
  readonly key: string | null;
  readonly source: TileSource;
  problem: { readonly reason: BaseMapReason; readonly since: number; readonly place: Place } | null;
  /** Tiles in a row that were not there. */
  misses: number;
  cancelLook: () => void;
}

/** Base maps as their registrations say; sources are opened when a tile is wanted. @throws the system's error */
export async function openBaseMaps(options: BaseMapsOptions): Promise<BaseMaps> {
  const keeper = new BaseMapKeeper(options, new Registrations(options.folder));
  await keeper.open();
  return keeper;
}

class BaseMapKeeper implements BaseMaps {
  readonly #options: BaseMapsOptions;
  readonly #registrations: Registrations;
  readonly #maps = new Map<string, Kept>();
  /** Registrations that are no more what was written. */
  readonly #damaged = new Set<string>();
  readonly #listeners = new Set<() => void>();
  #isClosed = false;

  constructor(options: BaseMapsOptions, registrations: Registrations) {
    this.#options = options;
    this.#registrations = registrations;
  }

  async open(): Promise<void> {
    for (const stored of await this.#registrations.read()) {
      const kept = this.#keep(stored);
      if (kept === null) {
        const fact = { id: factOf(stored.id), severity: 'warning', code: 'base_map_damaged' } as const;
        this.#damaged.add(stored.id);
        this.#options.health.raise({ ...fact, detail: { id: stored.id } });
      } else if (kept.content.hasKey && kept.key === null) {
        this.#fails(kept, new TileProblem('key_missing', 'no key'), this.#middle(kept.content));
      }
    }
  }

  list(): readonly BaseMap[] {
    return [...this.#maps.values()].map(({ id, content: { source, ...about }, problem }) => ({
      ...about,
      ...{ id, kind: source.kind, place: placeOf(source) },
      problem: problem === null ? null : { reason: problem.reason, since: problem.since },
    }));
  }

  async add(request: BaseMapAdd, by: string): Promise<Result<BaseMap, WireError>> {
    const { coordinates, source: given, key: givenKey, ...about } = request;
    if (coordinates === 'gcj02' || coordinates === 'bd09') return shifted(coordinates);
    const { source, key: pasted } = 'address' in given ? withoutKey(given) : { source: given, key: null };
    const key = givenKey ?? pasted;
    let extent: TileExtent;
    try {
      if ('address' in source) {
        const system = knownShift(source.address);
        if (system !== null) return shifted(system);
        requireUsable(source, key);
      }
      extent = await this.#lookAt(source, key);
    } catch (cause) {
      if (!(cause instanceof TileProblem)) throw cause;
      return refused({ code: 'base_map_unusable', detail: { problem: cause.reason, place: placeOf(source) } });
    }
    const content: Registration = {
      ...{ ...about, ...extent, coordinates, source, hasKey: key !== null },
      ...{ addedAt: this.#options.clock.now(), addedBy: by },
    };
    try {
      const kept = this.#keep(await this.#registrations.add(content, key));
      this.#changed();
      return ok(this.list().find(({ id }) => id === kept?.id) as BaseMap);
    } catch (cause) {
      return unavailable(cause);
    }
  }

  async remove(id: string): Promise<Result<null, WireError>> {
    const kept = this.#maps.get(id);
    try {
      await this.#registrations.remove(id);
    } catch (cause) {
      return unavailable(cause);
    }
    this.#options.health.clear(factOf(id));
    if (kept === undefined) {
      return this.#damaged.delete(id) ? ok(null) : refused({ code: 'not_found', detail: {} });
    }
    this.#maps.delete(id);
    kept.cancelLook();
    await kept.source.close();
    this.#changed();
    return ok(null);
  }

  async tile(id: string, zoom: number, column: number, row: number): Promise<BaseMapTile> {
    const kept = this.#maps.get(id);
    if (kept === undefined) return { state: 'unknown' };
    const { problem, content } = kept;
    if (problem !== null && !partial.includes(problem.reason)) return { state: 'failing', reason: problem.reason };
    const isThere = zoom >= content.minZoom && zoom <= content.maxZoom;
    if (!isThere || !isTile(zoom, column, row)) return { state: 'empty' };
    const place = { zoom, column, row };
    try {
      const found = await pictureFrom(kept.source, place);
      this.#answered(kept, place, found !== null);
      return found === null ? { state: 'empty' } : { state: 'tile', ...found };
    } catch (cause) {
      if (!(cause instanceof TileProblem)) throw cause;
      this.#fails(kept, cause, place);
      return { state: 'failing', reason: cause.reason };
    }
  }

  onChanged(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const { cancelLook, source } of this.#maps.values()) {
      cancelLook();
      await source.close();
    }
  }

  #keep({ id, content, key }: StoredRegistration): Kept | null {
    if (content === null) return null;
    const source = this.#sourceOf(content.source, key);
    const kept: Kept = { ...{ id, content, key, source }, problem: null, misses: 0, cancelLook: () => {} };
    this.#maps.set(id, kept);
    return kept;
  }

  #sourceOf(source: BaseMapSource, key: string | null): TileSource {
    switch (source.kind) {
      case 'pmtiles':
        return pmtilesSource(source.path);
      case 'mbtiles':
        return mbtilesSource(source.path, this.#options.workerFile);
      case 'folder':
        return folderSource(source.path, source.rows);
      case 'xyz':
      case 'wmts':
        return serverSource(source, key);
    }
  }

  /** What it says of itself, once it has shown a tile in the middle of the district. @throws TileProblem */
  async #lookAt(source: BaseMapSource, key: string | null): Promise<TileExtent> {
    const opened = this.#sourceOf(source, key);
    try {
      const extent = await opened.extent();
      const { bounds } = extent;
      const isElsewhere = bounds !== null && !overlap(bounds, this.#options.district);
      if (isElsewhere) throw new TileProblem('elsewhere', 'its bounds lie elsewhere');
      for (let zoom = extent.minZoom; zoom <= extent.maxZoom; zoom += 1) {
        if ((await pictureFrom(opened, this.#middleAt(zoom))) !== null) return extent;
      }
      throw new TileProblem('address' in source ? 'no_tiles' : 'elsewhere', 'nothing in the middle of the district');
    } finally {
      await opened.close();
    }
  }

  #answered(kept: Kept, place: Place, isFound: boolean): void {
    const { problem, content } = kept;
    kept.misses = isFound ? 0 : kept.misses + 1;
    if (problem !== null) {
      const isSame = isAt(problem.place, place) && problem.reason !== 'no_tiles';
      if (isSame || (isFound && problem.reason === 'no_tiles')) this.#isWell(kept);
      return;
    }
    const isServer = 'address' in content.source;
    if (isServer && kept.misses >= MISSES_IN_A_ROW) {
      this.#fails(kept, new TileProblem('no_tiles', `${kept.misses} tiles in a row`), this.#middle(content));
    }
  }

  #fails(kept: Kept, { reason, message }: TileProblem, place: Place): void {
    const { clock, health, log } = this.#options;
    if (kept.problem?.reason === reason || this.#isClosed) return;
    // What fails as a whole is worse than a tile; one bad tile after another stays the first one.
    if (kept.problem !== null && partial.includes(reason)) return;
    kept.problem = { reason, since: kept.problem?.since ?? clock.now(), place };
    const detail = { name: kept.content.name, reason, place: placeOf(kept.content.source) };
    health.raise({ id: factOf(kept.id), severity: 'warning', code: 'base_map_failing', detail });
    log.warn('a base map fails', { id: kept.id, reason, message });
    this.#lookLater(kept);
    this.#changed();
  }

  #isWell(kept: Kept): void {
    kept.problem = null;
    kept.misses = 0;
    kept.cancelLook();
    this.#options.health.clear(factOf(kept.id));
    this.#changed();
  }

  #lookLater(kept: Kept): void {
    kept.cancelLook();
    if (kept.content.hasKey && kept.key === null) return;
    kept.cancelLook = this.#options.scheduler.after(LOOK_AGAIN_MS, () => void this.#look(kept));
  }

  /** Asks for the tile that failed. */
  async #look(kept: Kept): Promise<void> {
    const { problem } = kept;
    if (problem === null || this.#maps.get(kept.id) !== kept || this.#isClosed) return;
    try {
      const found = await pictureFrom(kept.source, problem.place);
      if (kept.problem !== problem) return;
      if (found !== null || problem.reason !== 'no_tiles') return this.#isWell(kept);
    } catch (cause) {
      if (!(cause instanceof TileProblem)) throw cause;
      if (kept.problem !== problem) return;
      if (cause.reason !== problem.reason) {
        kept.problem = null;
        return this.#fails(kept, cause, problem.place);
      }
    }
    this.#lookLater(kept);
  }

  #middle({ minZoom, maxZoom }: TileExtent): Place {
    return this.#middleAt(Math.min(maxZoom, Math.max(minZoom, 11)));
  }

  #middleAt(zoom: number): Place {
    const [west, south, east, north] = this.#options.district;
    return { zoom, ...tileAt(zoom, (west + east) / 2, (south + north) / 2) };
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** @throws TileProblem where there is something else than a whole picture */
async function pictureFrom(
  source: TileSource,
  { zoom, column, row }: Place,
): Promise<{ readonly bytes: Uint8Array; readonly type: string } | null> {
  const bytes = await source.tile(zoom, column, row);
  if (bytes === null) return null;
  const type = pictureTypeOf(bytes);
  if (type !== null) return { bytes, type };
  throw new TileProblem(looksLikeVector(bytes) ? 'vector' : 'damaged_tile', `tile ${zoom}/${column}/${row}`);
}

/** The name alone: where it lies on the disk is nobody's business on a wall. */
function placeOf(source: BaseMapSource): string {
  if (!('address' in source)) return basename(source.path);
  const sample = source.address.replaceAll(/\{[^}]*\}/g, '0');
  return URL.canParse(sample) ? new URL(sample).host : '';
}

function isTile(zoom: number, column: number, row: number): boolean {
  return column >= 0 && row >= 0 && column < 2 ** zoom && row < 2 ** zoom;
}

function isAt(a: Place, b: Place): boolean {
  return a.zoom === b.zoom && a.column === b.column && a.row === b.row;
}

function overlap(a: TileBounds, b: TileBounds): boolean {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}

function factOf(id: string): string {
  return `base-map.${id}`;
}

function shifted(system: 'gcj02' | 'bd09'): Result<never, WireError> {
  return refused({ code: 'base_map_shifted', detail: { system: system === 'gcj02' ? 'GCJ-02' : 'BD-09' } });
}

function unavailable(cause: unknown): Result<never, WireError> {
  return refused({ code: 'unavailable', detail: { part: 'base_maps', reason: wordsOf(cause) } });
}
