import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sumOf } from '#host/ports/chained-lines.ts';
import type { WireError } from '#contract/errors.ts';
import { HandoverForm, type HandoverRow, type ShiftState, type Signature } from '#contract/shift.ts';
import { MINUTE_MS, type Instant } from '#domain/base/instant.ts';
import { ok, refused, type Result } from '#domain/base/result.ts';
import { dayOf } from '#domain/reference/day.ts';
import type { PersonRow } from '#domain/reference/rows.ts';
import { blockedUntil } from '#domain/shift/pin-tries.ts';
import type { Handover, Seat, ShiftRecord, SignedAt, SignedForm } from '#domain/shift/seat.ts';
import type { Pins } from '#host/ports/secrets.ts';
import type { HandoverSigning, Shift, TypedPin } from '#host/ports/shift.ts';
import type { Tables } from '#host/ports/tables.ts';
import { HandoverMaker, type HandoverSources } from './handover-maker.ts';
import { FORMS, formName, readForm } from './signed-forms.ts';
import { openShiftLog, type ShiftLog, type ShiftLogOptions } from './shift-log.ts';

/** A signature of the outgoing person that no other followed within so long is of a desk that looks otherwise by now. */
export const SIGNED_FOR_MS = 30 * MINUTE_MS;

export interface ShiftOptions extends ShiftLogOptions, Omit<HandoverSources, 'health'> {
  readonly health: ShiftLogOptions['health'] & HandoverSources['health'];
  readonly tables: Pick<Tables, 'inForce' | 'onChanged'>;
  readonly pins: Pins;
  /** The one seat there is. */
  readonly seat: string;
  /** Code of the district, whose own people have posts at the desk. */
  readonly district: () => string;
}

/** The seat as its record says, kept in `folder`. */
export async function openShift(options: ShiftOptions): Promise<Shift & { close(): Promise<void> }> {
  const { log, seat } = await openShiftLog(options);
  return new ShiftDesk(options, log, seat);
}

class ShiftDesk implements Shift {
  readonly #options: ShiftOptions;
  readonly #log: ShiftLog;
  readonly #seat: Seat;
  readonly #maker: HandoverMaker;
  readonly #listeners = new Set<() => void>();
  readonly #stop: () => void;
  #revision = 0;
  /** One act after the other. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: ShiftOptions, log: ShiftLog, seat: Seat) {
    this.#options = options;
    this.#log = log;
    this.#seat = seat;
    this.#maker = new HandoverMaker(options);
    this.#stop = options.tables.onChanged(() => this.#changed());
  }

  state(): ShiftState {
    const { onDuty, lock, signed, pins, handovers } = this.#seat;
    const { policies } = this.#options.tables.inForce();
    const day = dayOf(this.#options.clock.now());
    const policy = <Key extends 'shift_sign_on' | 'desk_lock_after'>(key: Key) => policies.isPlaceholder(key, day);
    return {
      seat: this.#options.seat,
      signOn: { isOn: policies.isOn('shift_sign_on', day), isPlaceholder: policy('shift_sign_on') },
      lockAfter: { minutes: policies.number('desk_lock_after', day), isPlaceholder: policy('desk_lock_after') },
      people: this.#people().map(({ id, display, post, isPlaceholder }) => ({
        ...{ id, display, post, isPlaceholder, hasPin: pins.has(id) },
      })),
      onDuty: onDuty === null ? null : this.#named(onDuty),
      lock: lock === null ? null : { ...lock },
      outgoing: signed === null ? null : this.#named(signed.by),
      last: handovers.length === 0 ? null : this.#row(handovers.at(-1) as Handover),
      revision: this.#revision,
    };
  }

  onChanged(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async preview(): Promise<Result<HandoverForm, WireError>> {
    const { signed } = this.#seat;
    if (signed !== null) return this.#signedForm(signed.form, signed.by, null, [...this.#seat.known]);
    return ok(await this.#form());
  }

  list(before: number | null, limit: number): readonly HandoverRow[] {
    const older = this.#seat.handovers.filter(({ form }) => before === null || form.number < before);
    return older
      .slice(-limit)
      .reverse()
      .map((handover) => this.#row(handover));
  }

  open(number: number): Promise<Result<HandoverForm, WireError>> {
    const found = this.#seat.handovers.find(({ form }) => form.number === number);
    if (found === undefined) return Promise.resolve(refuse('not_found', { id: String(number) }));
    return this.#signedForm(found.form, found.outgoing, found.incoming, found.known);
  }

  signOn(typed: TypedPin) {
    return this.#inTurn(async () => {
      const { policies } = this.#options.tables.inForce();
      if (!policies.isOn('shift_sign_on', dayOf(this.#options.clock.now()))) return refuse('sign_on_off');
      if (this.#seat.onDuty !== null) return refuse('seat_taken', { person: this.#named(this.#seat.onDuty).display });
      const problem = await this.#pinProblem(typed);
      return problem === null ? this.#record({ kind: 'on', person: typed.person }) : refused(problem);
    });
  }

  write(key: string, text: string) {
    return this.#inTurn(async () => {
      // What was signed stays as it was signed.
      if (this.#seat.signed !== null) return refuse('handover_state', { state: 'signed' });
      return this.#record({ kind: 'note', key, text });
    });
  }

  mark(keys: readonly string[], isKnown: boolean) {
    return this.#inTurn(() => this.#record({ kind: 'known', keys, isKnown }));
  }

  sign(signing: HandoverSigning) {
    return this.#inTurn(() => (signing.side === 'outgoing' ? this.#signOut(signing) : this.#signIn(signing)));
  }

  withdraw() {
    return this.#inTurn(async () => {
      if (this.#seat.signed === null) return refuse('handover_state', { state: 'unsigned' });
      return this.#takeBack(this.#seat.signed.form);
    });
  }

  lock(by: 'key' | 'idle') {
    return this.#inTurn(async () => {
      if (this.#seat.onDuty === null) return refuse('seat_empty');
      if (this.#seat.lock === null) await this.#recordAnyhow({ kind: 'locked', by });
      return ok(null);
    });
  }

  unlock(pin: string) {
    return this.#inTurn(async () => {
      const person = this.#seat.onDuty?.person;
      if (person === undefined) return refuse('seat_empty');
      const problem = await this.#wrongPin({ person, pin });
      if (problem !== null) return refused(problem);
      if (this.#seat.lock !== null) await this.#recordAnyhow({ kind: 'unlocked', person });
      return ok(null);
    });
  }

  resetPin(person: string) {
    return this.#inTurn(async () => {
      if (!this.#isAtDesk(person) && !this.#seat.pins.has(person)) return refuse('not_at_desk', { person });
      return this.#record({ kind: 'pin_reset', person });
    });
  }

  release() {
    return this.#inTurn(async () => {
      return this.#seat.onDuty === null ? refuse('seat_empty') : this.#record({ kind: 'released' });
    });
  }

  async close(): Promise<void> {
    this.#stop();
    await this.#last;
  }

  async #signOut(signing: TypedPin) {
    const { onDuty, signed } = this.#seat;
    const { clock } = this.#options;
    if (onDuty !== null && onDuty.person !== signing.person) {
      return refuse('not_on_duty', { person: this.#named(onDuty).display });
    }
    const isStale = signed !== null && clock.now() - signed.form.at > SIGNED_FOR_MS;
    if (signed !== null && !isStale) return refuse('handover_state', { state: 'signed' });
    const problem = await this.#pinProblem(signing);
    if (problem !== null) return refused(problem);
    if (signed !== null) await this.#takeBack(signed.form);
    const form = await this.#form();
    // Who signs, and what was marked, stands in the record itself.
    const text = `${JSON.stringify({ ...form, known: [] })}\n`;
    const hash = sumOf(text);
    if (!(await this.#log.keep(join(FORMS, formName(form.number, hash)), text))) return unwritten;
    const { number, since, at, sequence, head, counts } = form;
    const made = { number, since: since as Instant | null, at: at as Instant, sequence, head, counts, hash };
    return this.#record({ kind: 'signed', person: signing.person, form: made });
  }

  async #signIn(signing: HandoverSigning & { readonly side: 'incoming' }) {
    const { signed, known } = this.#seat;
    if (signed === null) return refuse('handover_state', { state: 'unsigned' });
    if (signed.form.hash !== signing.hash) return refuse('handover_changed');
    if (signed.by.person === signing.person) return refuse('same_person');
    if (this.#options.clock.now() - signed.form.at > SIGNED_FOR_MS) return refuse('handover_stale');
    const problem = await this.#pinProblem(signing);
    if (problem !== null) return refused(problem);
    if ((await readForm(this.#options.folder, signed.form.number, signed.form.hash)) === null)
      return refuse('handover_damaged');
    return this.#record({ kind: 'handed_over', person: signing.person, known: [...known] });
  }

  async #takeBack(form: SignedForm) {
    const outcome = await this.#record({ kind: 'withdrawn' });
    // Nothing points at it any more; one that stays is of no harm.
    if (outcome.ok)
      await rm(join(this.#options.folder, FORMS, formName(form.number, form.hash)), { force: true }).catch(() => {});
    return outcome;
  }

  async #form(): Promise<HandoverForm> {
    const { handovers, notes, known } = this.#seat;
    const made = await this.#maker.make(handovers.at(-1)?.form ?? null);
    return {
      ...{ number: (handovers.at(-1)?.form.number ?? 0) + 1, ...made },
      notes: [...notes].map(([key, text]) => ({ key, text })),
      ...{ known: [...known], outgoing: null, incoming: null, hash: null },
    };
  }

  async #signedForm(
    { number, hash }: SignedForm,
    outgoing: SignedAt,
    incoming: SignedAt | null,
    known: readonly string[],
  ): Promise<Result<HandoverForm, WireError>> {
    const form = HandoverForm.safeParse(await readForm(this.#options.folder, number, hash));
    if (!form.success) return refuse('handover_damaged', { number: String(number) });
    const signatures = { outgoing: this.#named(outgoing), incoming: incoming === null ? null : this.#named(incoming) };
    return ok({ ...form.data, ...signatures, known: [...known], hash });
  }

  /** Null when the person may sign with that PIN; a new one is kept. */
  async #pinProblem({ person, pin, isNewPin }: TypedPin): Promise<WireError | null> {
    if (!this.#isAtDesk(person)) return { code: 'not_at_desk', detail: { person } };
    if (!isNewPin) return this.#wrongPin({ person, pin });
    if (this.#seat.pins.has(person)) return { code: 'pin_set', detail: {} };
    const outcome = await this.#record({ kind: 'pin', person, pin: await this.#options.pins.keep(pin) });
    return outcome.ok ? null : outcome.error;
  }

  async #wrongPin({ person, pin }: Omit<TypedPin, 'isNewPin'>): Promise<WireError | null> {
    const { pins, clock, tables } = this.#options;
    const kept = this.#seat.pins.get(person);
    if (kept === undefined) return { code: 'pin_unset', detail: {} };
    const tried = this.#seat.failures.get(person);
    const until = tried?.blockedUntil ?? null;
    if (until !== null && clock.now() < until) return blocked(until, clock.now());
    if (await pins.fits(pin, kept)) {
      if (tried !== undefined) await this.#recordAnyhow({ kind: 'fitted', person });
      return null;
    }
    const { policies } = tables.inForce();
    const now = clock.now();
    const tries = policies.number('pin_tries', dayOf(now));
    const count = (tried?.count ?? 0) + 1;
    const rules = { tries, blockMinutes: policies.number('pin_block', dayOf(now)) };
    const next = blockedUntil(count, now, rules);
    await this.#recordAnyhow({ kind: 'failed', person, blockedUntil: next });
    return next === null
      ? { code: 'pin_wrong', detail: { left: String(tries - (count % tries)) } }
      : blocked(next, now);
  }

  #people(): readonly PersonRow[] {
    const { tables, clock, district } = this.#options;
    return tables.inForce().people.inUnit(district(), dayOf(clock.now()));
  }

  #isAtDesk(person: string): boolean {
    return this.#people().some(({ id }) => id === person);
  }

  #named({ person, at }: SignedAt): Signature {
    const row = this.#options.tables.inForce().people.person(person, dayOf(at));
    return { id: person, display: row?.display ?? person, post: row?.post ?? null, at };
  }

  #row({ form, outgoing, incoming }: Handover): HandoverRow {
    const { number, since, at, sequence, head } = form;
    const counts = { ...form.counts } as HandoverRow['counts'];
    return {
      number,
      since,
      at,
      sequence,
      head,
      counts,
      outgoing: this.#named(outgoing),
      incoming: this.#named(incoming),
    };
  }

  async #record(record: ShiftRecord): Promise<Result<null, WireError>> {
    const at = await this.#log.append(record);
    if (at === null) return unwritten;
    this.#apply(record, at);
    return ok(null);
  }

  async #recordAnyhow(record: ShiftRecord): Promise<void> {
    this.#apply(record, (await this.#log.append(record)) ?? this.#options.clock.now());
  }

  #apply(record: ShiftRecord, at: Instant): void {
    this.#seat.apply(record, at);
    this.#changed();
  }

  #changed(): void {
    this.#revision += 1;
    for (const listener of this.#listeners) listener();
  }

  #inTurn<Value>(task: () => Promise<Value>): Promise<Value> {
    const turn = this.#last.then(task);
    this.#last = turn.catch(() => {});
    return turn;
  }
}

const unwritten = refused<WireError>({ code: 'unavailable', detail: { part: 'shift' } });

function refuse(code: WireError['code'], detail: WireError['detail'] = {}) {
  return refused<WireError>({ code, detail });
}

function blocked(until: Instant, now: Instant): WireError {
  return { code: 'pin_blocked', detail: { minutes: String(Math.ceil((until - now) / MINUTE_MS)) } };
}
