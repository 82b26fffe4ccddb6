import { SECOND_MS } from '#domain/base/instant.ts';
import type { CaseEvent } from '#domain/case/events.ts';
import { dayNumber, secondsOf, type Codes } from './figure-record.ts';

/** What a case waits for at a hop: 立案, 核实, 派遣, 接单, 处置, 反馈, 核查, 结案, 回退, 挂账, 签收, 派单, 首响, 回访. */
export const chainSteps = [
  'register',
  'verify',
  'dispatch',
  'accept',
  'handle',
  'feed_back',
  'check',
  'close',
  'returned',
  'suspended',
  'sign',
  'assign',
  'contact',
  'call_back',
] as const;
export type ChainStep = (typeof chainSteps)[number];

/** How long a case lay with one unit in one step. `unit` is a code index, 0 the district desk; times are seconds since 1970. */
export interface ChainHop {
  readonly step: ChainStep;
  readonly unit: number;
  readonly from: number;
  /** Null while it lies there. */
  readonly to: number | null;
}

/** The way of one case from the report to its end, or so far. */
export interface CaseChain {
  readonly row: number;
  readonly hops: readonly ChainHop[];
}

/** Ways of ended cases are kept for so many days after the end: a quarter. */
export const KEPT_CHAIN_DAYS = 92;
/** A case that is sent to and fro without end is kept up to here. */
const MOST_HOPS = 200;
const WORDS_OF_A_HOP = 3;
/** Where every ticket begins. */
const SIGN = chainSteps.indexOf('sign');
const HANDLE = chainSteps.indexOf('handle');
const CALL_BACK = chainSteps.indexOf('call_back');

/** Ways of cases through steps and units, of those that are open and those that ended lately. */
export class ChainLog {
  readonly #codes: Codes;
  /** Step, unit and beginning of each hop, one after the other. */
  readonly #open = new Map<number, number[]>();
  /** Of cases that were merged 并案 into others: on their way again if that is undone. */
  readonly #merged = new Map<number, number[]>();
  readonly #ended = new Map<number, Words>();
  #newest = 0;

  constructor(codes: Codes) {
    this.#codes = codes;
  }

  /** Takes in what an event does to the way of its case, which has this row. */
  note(row: number, event: CaseEvent): void {
    const at = secondsOf(event.at);
    const hop = hopAfter(event);
    const known = this.#open.get(row);
    switch (hop) {
      case 'none':
        return;
      case 'end':
        if (known !== undefined) this.#end(row, known, at);
        return;
      case 'recalled':
        // It never left.
        if (known !== undefined && known.length > WORDS_OF_A_HOP) known.length -= WORDS_OF_A_HOP;
        return;
      case 'merged':
        if (known !== undefined) this.#merged.set(row, known);
        this.#open.delete(row);
        return;
      case 'unmerged': {
        const before = this.#merged.get(row);
        if (before !== undefined) this.#open.set(row, before);
        this.#merged.delete(row);
        return;
      }
      default: {
        const words = [chainSteps.indexOf(stepOf(hop, known)), this.#unitOf(hop, known), at];
        if (known === undefined) this.#open.set(row, words);
        else if (known.length < MOST_HOPS * WORDS_OF_A_HOP) known.push(...words);
      }
    }
  }

  #unitOf({ unit }: NextHop, known: readonly number[] | undefined): number {
    if (unit === undefined) return known?.at(-2) ?? 0;
    if (unit === 'last' || unit === 'replied') return lastUnitOf(known ?? [], unit === 'replied');
    return this.#codes.index(unit?.code ?? null);
  }

  /** Ways of the cases that ended on days from `from` until before `to`, and with `withOpen` of all that are open. */
  *chains(from: number, to: number, withOpen: boolean): Generator<CaseChain> {
    for (let day = from; day < to; day += 1) yield* this.#ended.get(day)?.chains() ?? [];
    if (!withOpen) return;
    for (const [row, words] of this.#open) yield { row, hops: hopsOf(words, 0, words.length, null) };
  }

  #end(row: number, hops: readonly number[], at: number): void {
    this.#open.delete(row);
    const day = dayNumber(at * SECOND_MS);
    if (day < this.#newest - KEPT_CHAIN_DAYS) return;
    let words = this.#ended.get(day);
    if (words === undefined) {
      this.#ended.set(day, (words = new Words()));
      this.#newest = Math.max(this.#newest, day);
      for (const old of this.#ended.keys()) if (old < this.#newest - KEPT_CHAIN_DAYS) this.#ended.delete(old);
    }
    words.add(row, hops, at);
  }
}

/** Ways that ended on one day: row, end, number of words, words. */
class Words {
  #words = new Uint32Array(256);
  #length = 0;

  add(row: number, hops: readonly number[], endedAt: number): void {
    const length = this.#length + 3 + hops.length;
    if (length > this.#words.length) {
      const wider = new Uint32Array(Math.max(length, this.#words.length * 2));
      wider.set(this.#words);
      this.#words = wider;
    }
    this.#words.set([row, endedAt, hops.length, ...hops], this.#length);
    this.#length = length;
  }

  *chains(): Generator<CaseChain> {
    for (let at = 0; at < this.#length;) {
      const [row = 0, endedAt = 0, length = 0] = this.#words.subarray(at, at + 3);
      yield { row, hops: hopsOf(this.#words, at + 3, at + 3 + length, endedAt) };
      at += 3 + length;
    }
  }
}

function hopsOf(words: ArrayLike<number>, from: number, to: number, endedAt: number | null): readonly ChainHop[] {
  const hops: ChainHop[] = [];
  for (let at = from; at < to; at += WORDS_OF_A_HOP) {
    hops.push({
      step: chainSteps[words[at] ?? 0] ?? 'register',
      unit: words[at + 1] ?? 0,
      from: words[at + 2] ?? 0,
      to: at + WORDS_OF_A_HOP < to ? (words[at + WORDS_OF_A_HOP + 2] ?? 0) : endedAt,
    });
  }
  return hops;
}

/** The hop that begins: at the desk (`unit` null), a unit, the one that has it (left out), the last that had it or that replied. */
interface NextHop {
  readonly step: ChainStep | 'escalated' | 'resumed';
  readonly unit?: { readonly code: string } | 'last' | 'replied' | null;
}

function stepOf({ step, unit }: NextHop, known: readonly number[] | undefined): ChainStep {
  const isTicket = known?.[0] === SIGN;
  // 提级 leaves a ticket where it is in its work; a case is sent anew.
  if (step === 'escalated') {
    if (isTicket) return chainSteps[known?.at(-WORDS_OF_A_HOP) ?? SIGN] ?? 'sign';
    return unit === null ? 'dispatch' : 'accept';
  }
  // Where it was before 挂账.
  if (step === 'resumed') return chainSteps[known?.at(-2 * WORDS_OF_A_HOP) ?? HANDLE] ?? 'handle';
  // A ticket is not taken on, the caller is called.
  return step === 'accept' && isTicket ? 'contact' : step;
}

function lastUnitOf(known: readonly number[], hasReplied: boolean): number {
  for (let hop = known.length - WORDS_OF_A_HOP; hop >= 0; hop -= WORDS_OF_A_HOP) {
    const unit = known[hop + 1] ?? 0;
    if (unit !== 0 && (!hasReplied || known[hop + WORDS_OF_A_HOP] === CALL_BACK)) return unit;
  }
  return 0;
}

const desk = (step: ChainStep): NextHop => ({ step, unit: null });
const inUnit = (step: NextHop['step'], code: string | null): NextHop => ({
  step,
  unit: code === null ? null : { code },
});

function hopAfter(event: CaseEvent): NextHop | 'end' | 'recalled' | 'merged' | 'unmerged' | 'none' {
  switch (event.type) {
    case 'case.reported.v2':
    case 'case.verified.v2':
      return desk('register');
    case 'case.verify_requested.v1':
      return desk('verify');
    case 'case.registered.v1':
    case 'case.close_failed.v1':
      return desk('dispatch');
    case 'case.dispatched.v2':
    case 'case.sub_dispatched.v2':
    case 'case.handed_over.v1':
    case 'case.reworked.v2':
      return inUnit('accept', event.unit);
    case 'case.escalated.v1':
      return inUnit('escalated', event.unit);
    case 'case.accepted.v1':
    case 'ticket.contacted.v1':
    case 'ticket.work_started.v1':
      return { step: 'handle' };
    case 'case.handled.v2':
      return { step: 'feed_back' };
    case 'case.resumed.v1':
      return { step: 'resumed' };
    case 'case.suspended.v1':
      return { step: 'suspended' };
    case 'case.fed_back.v1':
    case 'case.check_requested.v1':
      return desk('check');
    case 'case.checked.v2':
      return desk(event.result === 'passed' ? 'close' : 'check');
    case 'case.returned.v2':
      if (event.to === 'handling') return inUnit('handle', event.unit);
      return inUnit(event.to === 'returned' ? 'returned' : 'accept', event.unit);
    case 'ticket.received.v1':
      return inUnit('sign', event.unit);
    case 'ticket.signed.v1':
      return { step: 'assign' };
    case 'ticket.return_requested.v1':
      return desk('returned');
    case 'ticket.return_reviewed.v1':
      return event.unit === null ? { step: 'sign', unit: 'last' } : inUnit('sign', event.unit);
    case 'ticket.assigned.v1':
      return inUnit('contact', event.unit);
    case 'ticket.replied.v1':
      return desk('call_back');
    case 'ticket.redone.v1':
      return { step: 'handle', unit: 'replied' };
    case 'case.recalled.v1':
      return 'recalled';
    case 'case.merged_into.v1':
      return 'merged';
    case 'case.unmerged_from.v1':
      return 'unmerged';
    case 'case.rejected.v1':
    case 'case.voided.v1':
    case 'case.closed.v1':
    case 'case.force_closed.v1':
    case 'ticket.concluded.v1':
      return 'end';
    default:
      return 'none';
  }
}
