import type { Actor } from '#domain/access/roles.ts';
import { required } from '#domain/base/assert-never.ts';
import { instant, MINUTE_MS, plus, type Instant } from '#domain/base/instant.ts';
import type { BodyOf, CaseCommandBody, ReceiveTicket } from '#domain/case/commands.ts';
import { decide } from '#domain/case/decide.ts';
import type { DecideContext } from '#domain/case/decision.ts';
import type { CaseEvent } from '#domain/case/events.ts';
import { actionRefusal } from '#domain/case/guards.ts';
import type { RefusalCode } from '#domain/case/refusal.ts';
import type { CaseRules } from '#domain/case/rules.ts';
import type { CaseState } from '#domain/case/state.ts';
import { statesAfter } from '#domain/case/states-after.ts';
import type { CaseAction } from '#domain/case/transitions.ts';
import { aContext, aReport, desk, morning } from './cases.ts';
import { someRules } from './rules.ts';

/** A command on a case without the case's number. */
export type Act = {
  [Action in Exclude<CaseAction, 'report' | 'receive'>]: Omit<BodyOf<Action>, 'caseId'>;
}[Exclude<CaseAction, 'report' | 'receive'>];

/**
 * Cases in memory, commands on them one after another, and a clock that is set by hand. `id` is the case that was begun
 * last, and the one that acts without a number are about.
 */
export class World {
  now: Instant;
  id = '';
  readonly events: CaseEvent[] = [];
  readonly states = new Map<string, CaseState>();
  readonly #context: DecideContext;

  constructor(rules: CaseRules = someRules(), now: Instant = morning) {
    this.now = now;
    this.#context = aContext(now, rules);
  }

  get context(): DecideContext {
    return { ...this.#context, now: this.now };
  }

  /** The case begun last, or another one. */
  state(id = this.id): CaseState {
    return required(this.states.get(id), `case ${id} was begun`);
  }

  caseById(id: string): CaseState | undefined {
    return this.states.get(id);
  }

  /** Sets the clock to a time of day in Beijing of 2026-11-24, a Tuesday, or of another day. */
  at(timeOfDay: string, day = '2026-11-24'): this {
    this.now = instant(Date.parse(`${day}T${timeOfDay}:00+08:00`));
    return this;
  }

  wait(minutes: number): this {
    this.now = plus(this.now, minutes * MINUTE_MS);
    return this;
  }

  /** Begins a case or ticket. @throws Error when it is refused */
  begin(body: CaseCommandBody = aReport(), actor: Actor = desk): CaseState {
    const refusal = this.try(body, actor);
    if (refusal !== null) throw new Error(`${body.type} refused: ${refusal}`);
    return this.state();
  }

  /** Does what must be allowed. @throws Error when it is refused */
  do(act: Act, actor: Actor = desk, id = this.id): CaseState {
    const refusal = this.code(act, actor, id);
    if (refusal !== null) throw new Error(`${act.type} refused: ${refusal} in state ${this.state(id).state}`);
    return this.state(id);
  }

  /** Does each act in turn, one minute after the other. */
  all(...acts: readonly Act[]): CaseState {
    for (const act of acts) this.wait(1).do(act);
    return this.state();
  }

  /** Tries an act: the code of the refusal, or null after it was done. Every refusal leaves all as it was. */
  code(act: Act, actor: Actor = desk, id = this.id): RefusalCode | null {
    return this.try({ ...act, caseId: id } as CaseCommandBody, actor);
  }

  /** What the desk says about an action before any form is filled in. */
  offered(action: CaseAction, actor: Actor = desk, id = this.id): RefusalCode | null {
    return actionRefusal(this.state(id), action, actor, this.context)?.code ?? null;
  }

  /** Tries any command: the code of the refusal, or null after it was done. */
  try(body: CaseCommandBody, actor: Actor = desk): RefusalCode | null {
    const decided = decide(this, { id: `command-${this.events.length}`, actor, body }, this.context);
    if (!decided.ok) return decided.error.code;
    this.events.push(...decided.value);
    for (const state of statesAfter(decided.value, (id) => this.states.get(id))) {
      this.states.set(state.id, state);
      if (body.type === 'report' || body.type === 'receive') this.id = state.id;
    }
    return null;
  }
}

/** A ticket of the class 民生保障, issued at 08:00 to the township 91. */
export function aTicket(change: Partial<ReceiveTicket> = {}): ReceiveTicket {
  return {
    type: 'receive',
    classRef: { standardRef: '12345', kind: 'other', code: '0801', name: '公共服务/供水' },
    timeClass: 'livelihood',
    unit: '91',
    lon: 116.25,
    lat: 40.5,
    address: '东镇东村',
    description: '施工队挖断自来水管道',
    issuedAt: morning,
    reporterId: 'caller-1',
    external: { feed: 'city-12345', id: 'T-1' },
    isConfidential: false,
    extra: {},
    isDemo: false,
    ...change,
  };
}

const caseRoad: readonly Act[] = [
  { type: 'register', condition: '属实' },
  { type: 'dispatch', unit: '91' },
  { type: 'sub_dispatch', unit: '911' },
  { type: 'accept', handlerId: 'handler-1' },
  { type: 'handle', result: '已更换井盖' },
  { type: 'feed_back' },
  { type: 'request_check', collectorId: 'collector-1' },
  { type: 'check', result: 'passed' },
  { type: 'close', condition: '核查通过' },
];

const ticketRoad: readonly Act[] = [
  { type: 'sign' },
  { type: 'assign', unit: '911' },
  { type: 'contact', result: '已接通', handlerId: 'handler-1' },
  { type: 'start_work' },
  { type: 'reply', reply: '已修复' },
  { type: 'begin_call_back' },
  { type: 'conclude', solved: 'solved', satisfied: 'satisfied' },
];

/** A case from 08:00 on, a step a minute, up to the first act of that type, included; `report` is only reported. */
export function aCaseAfter(last: Act['type'] | 'report', rules?: CaseRules): World {
  return along(caseRoad, last, aReport(), new World(rules));
}

/** As {@link aCaseAfter}, a ticket: `receive` is only received. */
export function aTicketAfter(last: Act['type'] | 'receive', rules?: CaseRules): World {
  return along(ticketRoad, last, aTicket(), new World(rules));
}

function along(road: readonly Act[], last: string, first: CaseCommandBody, world: World): World {
  world.begin(first);
  const count = road.findIndex(({ type }) => type === last) + 1;
  if (count === 0 && last !== first.type) throw new Error(`the road has no step ${last}`);
  world.all(...road.slice(0, count));
  return world;
}

/** Where a case stands, in words: state, holder, the clock that runs with its end in Beijing, and the dispatch chain. */
export interface Standing {
  readonly state: CaseState['state'];
  readonly holder: string | null;
  readonly clock: string | null;
  readonly chain: string;
}

export function standing({ state, holder, clock, dueAt, chain }: CaseState): Standing {
  return {
    state,
    holder: holder === null ? null : `${holder.unit ?? 'desk'} ${holder.post}`,
    clock: clock === null || dueAt === null ? null : `${clock} until ${timeText(dueAt)}`,
    chain: chain.map(({ unit, outcome }) => [unit ?? 'desk', outcome ?? 'now'].join(' ')).join(', '),
  };
}

/** `11-24 08:15`, the wall clock of Beijing. */
export function timeText(at: Instant): string {
  return new Date(at + 8 * 60 * MINUTE_MS).toISOString().slice(5, 16).replace('T', ' ');
}

/** A case without what each step leaves: version, chain, since when, the last action and the window of a recall. */
export function apartFromSteps(found: CaseState): object {
  // Who reported may be erased meanwhile, and stays so.
  const side = { ...found.side, recall: null, reporter: null };
  return { ...found, version: 0, chain: [], stateSince: 0, lastAction: 'report', side };
}
