import type { HandoverForm } from '#contract/shift.ts';
import type { Instant } from '#domain/base/instant.ts';
import { caseBefore, handoverLines, type Before } from '#domain/shift/handover-lines.ts';
import type { SignedForm } from '#domain/shift/seat.ts';
import type { Alarms } from '#host/ports/alarms.ts';
import type { Cases } from '#host/ports/cases.ts';
import type { Clock } from '#host/ports/clock.ts';
import type { HealthFacts } from '#host/ports/health.ts';
import type { History } from '#host/ports/history.ts';
import type { Journal } from '#host/ports/journal.ts';
import type { Log } from '#host/ports/log.ts';

/** Where a handover looks. */
export interface HandoverSources {
  readonly cases: Pick<Cases, 'openStates' | 'endedStates' | 'counts'>;
  readonly history: Pick<History, 'pictureAt'>;
  readonly journal: Pick<Journal, 'head'>;
  readonly alarms: Pick<Alarms, 'standing'>;
  readonly health: Pick<HealthFacts, 'list'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** What the system says in a form; people's part is added by who keeps the seat. */
export type MadeForm = Pick<
  HandoverForm,
  'since' | 'at' | 'sequence' | 'head' | 'isCompared' | 'open' | 'counts' | 'lines'
>;

/** Makes forms by comparing now with the entry of the journal at which the handover before was signed. */
export class HandoverMaker {
  readonly #sources: HandoverSources;
  /** Of the last handover; made once, since a screen asks again each minute. */
  #before: { readonly sequence: number; readonly picture: Promise<Before | null> } | null = null;

  constructor(sources: HandoverSources) {
    this.#sources = sources;
  }

  async make(last: SignedForm | null): Promise<MadeForm> {
    const { cases, journal, alarms, health, clock } = this.#sources;
    const before = last === null ? null : await this.#pictureOf(last.sequence, last.at);
    // All of one moment: nothing is waited for from here on.
    const head = journal.head();
    const now = clock.now();
    const made = handoverLines({
      ...{ now, before, open: cases.openStates(), ended: cases.endedStates(), total: cases.counts().total },
      ...{ alarms: alarms.standing(), facts: health.list() },
    });
    return {
      ...{ since: last?.at ?? null, at: now, sequence: head.sequence, head: head.hash, isCompared: before !== null },
      ...{ open: made.open, counts: { ...made.counts } },
      lines: made.lines.map((line) => ({ ...line, detail: { ...line.detail } })),
    };
  }

  async #pictureOf(sequence: number, at: Instant): Promise<Before | null> {
    if (this.#before?.sequence !== sequence) this.#before = { sequence, picture: this.#look(sequence, at) };
    const asked = this.#before;
    const picture = await asked.picture;
    // Tried anew the next time: the damage may be mended by then.
    if (picture === null && this.#before === asked) this.#before = null;
    return picture;
  }

  async #look(sequence: number, at: Instant): Promise<Before | null> {
    const { history, log } = this.#sources;
    try {
      const { open, total } = await history.pictureAt({ sequence });
      return { at, total, open: new Map(open.map(({ state }) => [state.id, caseBefore(state)])) };
    } catch (cause) {
      log.warn('handover: the past cannot be read', { reason: cause instanceof Error ? cause.message : String(cause) });
      return null;
    }
  }
}
