import { resolve } from 'node:path';
import type { Page, WebSocketRoute } from '@playwright/test';
import type { CaseChange, CaseRow } from '#contract/cases.ts';
import type { DisplayState, Incident, WallFigures, WallItem, WallReview } from '#contract/wall.ts';
import { ClientFrame } from '#contract/wire.ts';
import { BINS, figureKinds } from '#domain/wall/day-figures.ts';
import type { WallShown } from '#domain/wall/director.ts';
import { defaultDistrict, loadDistrict } from '#host/district/load-district.ts';
import type { LoadedDistrict } from '#host/ports/district.ts';
import { seededCases } from '#tests/visual/map/seeded-cases.ts';

/** 2026-11-24 14:35:20 in Beijing, in the middle of the seeded cases. */
export const wallTime = Date.UTC(2026, 10, 24, 6, 35, 20);
const MINUTE = 60_000;
const BEAT_EVERY_MS = 100;

export function wholeDistrict(): Promise<LoadedDistrict> {
  return loadDistrict(defaultDistrict(resolve(import.meta.dirname, '../../../resources')));
}

/** A class of its own for each township, one urgent case past its limit, and a unit by name. */
function wallRows(district: LoadedDistrict): readonly CaseRow[] {
  const names = ['暴露垃圾', '道路破损', '占道经营', '井盖缺失', '积存渣土', '架空线缆脱落'];
  return seededCases(district, 700).map((row, at) => ({
    ...row,
    className: names[at % names.length] ?? '',
    classCode: `0600${at % names.length}`,
    ...(at === 300 ? { isUrgent: true, dueAt: wallTime - 21 * MINUTE, className: '供水管道破裂' } : {}),
    description: '',
    address: '',
  }));
}

/** How the host answers a page of the wall: the same each time, at a time that stands still. */
export class MadeUpWall {
  readonly #page: Page;
  readonly #district: LoadedDistrict;
  #socket: WebSocketRoute | null = null;
  #timer: ReturnType<typeof setInterval> | null = null;
  #watches = new Map<string, string>();
  #batch = 0;
  hostTime = wallTime;
  rows: readonly CaseRow[];
  shown: WallShown = { scene: { kind: 'watch' }, why: 'turn', since: 0, until: null, by: null, replaced: null };
  sight: DisplayState['sight'] = null;
  figures: WallFigures = figuresOf(wallTime);

  constructor(page: Page, district: LoadedDistrict) {
    this.#page = page;
    this.#district = district;
    this.rows = wallRows(district);
  }

  /** @param address of a host that serves the files of the page */
  async open(address: string, query = ''): Promise<void> {
    await this.#page.routeWebSocket(/\/wire$/, (socket) => this.#serve(socket));
    await this.#page.goto(`${address}/wall/?display=left${query}#token=made-up`);
  }

  /** Tells the page what its display shows from now on. */
  tell(): void {
    this.#send('wall.watch', [
      { kind: 'display', state: this.#display() },
      { kind: 'figures', figures: this.figures },
    ]);
  }

  /** No beat and no answer comes any more; a new connection is not to be had. */
  fallSilent(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  #serve(socket: WebSocketRoute): void {
    this.#socket = socket;
    this.#watches = new Map();
    socket.onMessage((message) => {
      const frame = ClientFrame.parse(JSON.parse(String(message)));
      const send = (answer: object) => socket.send(JSON.stringify(answer));
      if (frame.type === 'hello') {
        const principal = { kind: 'wall', id: 'wall-1' };
        send({
          ...{ type: 'welcome', protocol: 1, principal, hostTime: this.hostTime, sequence: 1 },
          ...{ journalId: 'made-up', version: 'test' },
        });
        this.fallSilent();
        this.#timer = setInterval(() => this.#beat(), BEAT_EVERY_MS);
      } else if (frame.type === 'call') {
        send({ type: 'result', id: frame.id, ok: true, value: this.#answer(frame.method, frame.input) });
      } else if (frame.type === 'watch') {
        this.#watches.set(frame.stream, frame.id);
        const items = this.#begin(frame.stream);
        this.#batch += 1;
        send({ type: 'snapshot', id: frame.id, batch: this.#batch, part: 0, isLast: true, sequence: 1, items });
      } else if (frame.type === 'ping') send({ type: 'pong', hostTime: this.hostTime, sequence: 1 });
    });
  }

  #answer(method: string, input: unknown): unknown {
    if (method === 'district.get') return this.#district.map;
    if (method === 'wall.hello') return this.shown;
    if (method === 'wall.review') return reviewOf(this.#district, wallTime);
    if (method === 'wall.incident') return incidentOf(this.rows, (input as { readonly caseId: string }).caseId);
    const { text } = input as { readonly text: string };
    const name = this.#district.areas.path(text).at(-1)?.name ?? text;
    return { units: [{ code: text, name, kind: 'town', parent: null, parentName: null }] };
  }

  #begin(stream: string): readonly object[] {
    if (stream === 'wall.cases') return this.rows.map((row): CaseChange => ({ kind: 'upsert', row }));
    if (stream !== 'wall.watch') return [];
    const items: readonly WallItem[] = [
      { kind: 'beat', hostTime: this.hostTime, isArchiveDown: false },
      { kind: 'display', state: this.#display() },
      { kind: 'calls', calls: [] },
      { kind: 'figures', figures: this.figures },
    ];
    return items;
  }

  #beat(): void {
    this.#send('wall.watch', [{ kind: 'beat', hostTime: this.hostTime, isArchiveDown: false }]);
  }

  #send(stream: string, items: readonly WallItem[]): void {
    const id = this.#watches.get(stream);
    if (id === undefined || this.#socket === null) return;
    this.#batch += 1;
    this.#socket.send(JSON.stringify({ type: 'delta', id, batch: this.#batch, sequence: 1, items }));
  }

  #display(): DisplayState {
    return {
      ...{ id: 'left', isConnected: true, width: null, height: null, sight: this.sight },
      ...{ plan: null, isPaused: false, place: 0 },
      shown: { ...this.shown, scene: { ...this.shown.scene }, replaced: null },
    };
  }
}

function figuresOf(at: number): WallFigures {
  const bin = Math.floor(((at + 8 * 60 * MINUTE) % (24 * 60 * MINUTE)) / (10 * MINUTE));
  const bins = Array.from({ length: BINS }, (_, index) => index);
  const wave = (index: number) => Math.round(400 + 300 * Math.sin((index / BINS) * Math.PI * 2 - 1.5));
  return {
    at,
    received: 684,
    day: figureKinds.map((kind) => ({
      kind,
      line: bins.map((index) => (index <= bin ? wave(index) + (index % 5) * 8 : null)),
      low: bins.map((index) => wave(index) - 60),
      high: bins.map((index) => wave(index) + 60),
      bandDays: 21,
    })),
  };
}

function reviewOf({ map }: LoadedDistrict, at: number): WallReview {
  const months = Array.from({ length: 12 }, (_, index) => ({
    from: Date.UTC(2025, 11 + index, 1) - 8 * 60 * MINUTE,
    received: 18_000 + ((index * 1_733) % 4_100),
    ended: 16_200 + ((index * 1_511) % 1_700) - (index === 11 ? 6_000 : 0),
  }));
  const townships = map.areas
    .filter(({ level }) => level === 2)
    .map(({ code }, index) => ({
      ...{ area: code, received: 900 - index * 23, ended: 700 - index * 21 },
      ...{ open: 60 - index, overdue: index % 7 },
    }));
  return { at, months, townships };
}

function incidentOf(rows: readonly CaseRow[], caseId: string): Incident {
  const row = rows.find(({ id }) => id === caseId) ?? rows[0];
  if (row === undefined) throw new Error('there are no cases');
  const at = (minutes: number) => wallTime - minutes * MINUTE;
  const unit = row.gridCode?.slice(0, 9) ?? null;
  const done = { arrivedAt: null, endedAt: at(96) };
  const types = ['case.reported.v2', 'case.registered.v1', 'case.dispatched.v2', 'case.accepted.v1'];
  return {
    row,
    tasks: [
      { unit: null, kind: 'hop', state: 'sent_on', since: at(107), ...done },
      { unit, kind: 'hop', state: 'underway', since: at(96), arrivedAt: null, endedAt: null },
      { unit, kind: 'order', state: 'arrived', since: at(60), arrivedAt: at(41), endedAt: null },
    ],
    steps: types.map((type, index) => ({
      ...{ sequence: index + 1, version: index + 1, at: at(107 - index * 9), type, unit: index < 3 ? null : unit },
    })),
  };
}
