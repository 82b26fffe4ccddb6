import type { ParsedInputOf } from '#contract/api.ts';
import type { Briefing, BriefingEntry, BriefingList } from '#contract/briefings.ts';
import type { WireError } from '#contract/errors.ts';
import { refused, ok, type Result } from '#domain/base/result.ts';
import { dayOf, type Day } from '#domain/reference/day.ts';
import type { PersonRow, Post } from '#domain/reference/rows.ts';
import type { Briefings, ComposeBriefing } from '#host/ports/briefings.ts';
import type { Clock } from '#host/ports/clock.ts';
import type { Printer } from '#host/ports/printer.ts';
import type { Tables } from '#host/ports/tables.ts';
import { BriefingFiles, sumOf } from './briefing-files.ts';

export interface BriefingParts {
  readonly folder: string;
  readonly compose: ComposeBriefing;
  readonly printer: Printer;
  /** Address of the page of one briefing, and how to end the right to read it. */
  readonly pageOf: (id: string) => { readonly address: string; end(): void };
  readonly tables: Pick<Tables, 'inForce'>;
  /** Code of the district desk. */
  readonly desk: () => string;
  readonly clock: Clock;
}

/** Posts that may issue 审签: the leader and the leader of the shift (security.md R). */
const approverPosts: readonly Post[] = ['leader', 'desk_lead'];

/** Drafts and issued briefings. Acts come one after another; what is issued never changes again (P10). */
export class BriefingKeeper implements Briefings {
  readonly #parts: BriefingParts;
  readonly #files: BriefingFiles;
  #last: Promise<unknown> = Promise.resolve();
  /** What its page must show while it is being issued. */
  #issuing: Briefing | null = null;

  constructor(parts: BriefingParts) {
    this.#parts = parts;
    this.#files = new BriefingFiles(parts.folder);
  }

  list(): Promise<Result<BriefingList, WireError>> {
    return onDisk(async () => {
      const briefings: BriefingEntry[] = [];
      for (const id of await this.#files.ids()) briefings.push(entryOf(id, await this.#files.read(id)));
      briefings.sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1));
      const signers = (people: readonly PersonRow[]) => people.map(({ id, display }) => ({ id, display }));
      const people = this.#people();
      const approvers = people.filter(({ post }) => approverPosts.includes(post));
      return ok({ briefings, approvers: signers(approvers), drafters: signers(people) });
    });
  }

  page(id: string): Promise<Result<Briefing, WireError>> {
    return onDisk(async () => {
      if (this.#issuing?.id === id) return ok(this.#issuing);
      const found = await this.#files.read(id);
      if (found === null) return refused({ code: 'not_found', detail: { id } });
      return found === 'damaged' ? refused({ code: 'briefing_damaged', detail: { id } }) : ok(found);
    });
  }

  create(input: ParsedInputOf<'briefings.create'>): Promise<Result<Briefing, WireError>> {
    return this.#inTurn(async () => {
      const { kind, day, draftedBy } = input;
      const today = this.#today();
      if (day > today) return refused({ code: 'briefing_day', detail: { today } });
      const drafter = draftedBy === undefined ? null : this.#person(draftedBy);
      if (drafter === undefined) return refused({ code: 'person_unknown', detail: { person: draftedBy ?? '' } });
      const composed = await this.#parts.compose({ kind, day });
      if (!composed.ok) return composed;
      const { document, ...madeOf } = composed.value;
      const briefing: Briefing = {
        ...{ id: await this.#nextId(kind, day), document, ...madeOf },
        createdAt: this.#parts.clock.now(),
        draftedBy: drafter === null ? null : { id: drafter.id, display: drafter.display },
        inputsHash: sumOf(JSON.stringify(document)),
        ...{ issue: null, pdfHash: null },
      };
      await this.#files.write(briefing);
      return ok(briefing);
    });
  }

  issue({ id, approvedBy }: ParsedInputOf<'briefings.issue'>): Promise<Result<Briefing, WireError>> {
    return this.#inTurn(async () => {
      const found = await this.page(id);
      if (!found.ok) return found;
      const draft = found.value;
      if (draft.issue !== null) return refused({ code: 'briefing_issued', detail: { id } });
      const approver = this.#person(approvedBy);
      if (approver === undefined) return refused({ code: 'person_unknown', detail: { person: approvedBy } });
      if (!approverPosts.includes(approver.post)) return refused({ code: 'wrong_role', detail: { action: 'issue' } });
      if (draft.draftedBy?.id === approvedBy) return refused({ code: 'own_draft', detail: {} });
      const numbered = {
        ...(await this.#number(draft)),
        at: this.#parts.clock.now(),
        approvedBy: { id: approver.id, display: approver.display },
      };
      this.#issuing = { ...draft, issue: numbered };
      try {
        const printed = await this.#print(id);
        if (!printed.ok) return printed;
        const issued: Briefing = { ...this.#issuing, pdfHash: await this.#files.writePdf(id, printed.value) };
        await this.#files.write(issued);
        return ok(issued);
      } finally {
        this.#issuing = null;
      }
    });
  }

  pdf(id: string): Promise<Result<{ readonly bytes: Uint8Array; readonly fileName: string }, WireError>> {
    return this.#inTurn(async () => {
      const found = await this.page(id);
      if (!found.ok) return found;
      const { issue } = found.value;
      const fileName = fileNameOf(found.value);
      if (issue === null) {
        const printed = await this.#print(id);
        return printed.ok ? ok({ bytes: printed.value, fileName }) : printed;
      }
      const bytes = await this.#files.pdf(found.value);
      return bytes === null ? refused({ code: 'briefing_damaged', detail: { id } }) : ok({ bytes, fileName });
    });
  }

  async close(): Promise<void> {
    await this.#parts.printer.close();
    await this.#last;
  }

  #inTurn<Value>(act: () => Promise<Result<Value, WireError>>): Promise<Result<Value, WireError>> {
    const turn = this.#last.then(() => onDisk(act));
    this.#last = turn.catch(() => {});
    return turn;
  }

  async #print(id: string): Promise<Result<Uint8Array, WireError>> {
    const page = this.#parts.pageOf(id);
    try {
      return await this.#parts.printer.print(page.address);
    } finally {
      page.end();
    }
  }

  async #nextId(kind: string, day: Day): Promise<string> {
    const start = `${kind}-${day}-`;
    const numbers = (await this.#files.ids()).flatMap((id) =>
      id.startsWith(start) ? [Number(id.slice(start.length))] : [],
    );
    return `${start}${Math.max(0, ...numbers) + 1}`;
  }

  /** The same day again is another version of its number; else the next one of the kind in the year it is issued. */
  async #number({ document: { kind, day } }: Briefing): Promise<{ year: number; serial: number; version: number }> {
    const year = Number(this.#today().slice(0, 4));
    let [serial, version, highest] = [0, 0, 0];
    for (const id of await this.#files.ids()) {
      const other = await this.#files.read(id);
      if (other === null || other === 'damaged' || other.issue === null || other.document.kind !== kind) continue;
      if (other.issue.year !== year) continue;
      highest = Math.max(highest, other.issue.serial);
      if (other.document.day !== day || other.issue.version <= version) continue;
      [serial, version] = [other.issue.serial, other.issue.version];
    }
    return { year, serial: serial === 0 ? highest + 1 : serial, version: version + 1 };
  }

  #today(): Day {
    return dayOf(this.#parts.clock.now());
  }

  #people(): readonly PersonRow[] {
    return this.#parts.tables.inForce().people.inUnit(this.#parts.desk(), this.#today());
  }

  #person(id: string): PersonRow | undefined {
    return this.#people().find((person) => person.id === id);
  }
}

/** `城市管理日报-2026-11-22-第3期.pdf`; of a draft 草稿 instead of the number. */
function fileNameOf({ document: { masthead, day }, issue }: Briefing): string {
  const version = issue === null || issue.version === 1 ? '' : `-第${issue.version}版`;
  return `${masthead}-${day}-${issue === null ? '草稿' : `第${issue.serial}期${version}`}.pdf`;
}

function entryOf(id: string, found: Briefing | 'damaged' | null): BriefingEntry {
  if (found === 'damaged' || found === null) {
    const [kind = '', ...rest] = id.split('-');
    const day = rest.slice(0, 3).join('-');
    return {
      ...{ id, kind: kind as 'daily', day, title: id, createdAt: 0, draftedBy: null, sequence: 0 },
      ...{ state: 'damaged', issue: null },
    };
  }
  const { document, createdAt, draftedBy, sequence, issue } = found;
  return {
    ...{ id, kind: document.kind, day: document.day, title: document.title, createdAt },
    draftedBy: draftedBy?.display ?? null,
    ...{ sequence, state: issue === null ? 'draft' : 'issued', issue },
  };
}

/** A disk that refuses is an answer, not a fault of ours. */
async function onDisk<Value>(act: () => Promise<Result<Value, WireError>>): Promise<Result<Value, WireError>> {
  try {
    return await act();
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && 'syscall' in cause)) throw cause;
    return refused({ code: 'unavailable', detail: { part: 'briefings', reason: String(cause.code) } });
  }
}
