import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AuditEntry } from '#contract/audit.ts';
import type { WireError } from '#contract/errors.ts';
import { refused, type Result } from '#domain/base/result.ts';
import type { Act, Audit, AuditDetail } from '#host/ports/audit.ts';
import type { Clock } from '#host/ports/clock.ts';
import type { HealthFacts } from '#host/ports/health.ts';
import type { LineDisk } from '#host/ports/line-disk.ts';
import { AuditChain, auditFiles, lineOf, NO_HASH, type AuditHead } from './audit-file.ts';

export interface AuditOptions {
  /** `DATA/audit` */
  readonly folder: string;
  readonly clock: Clock;
  readonly health: HealthFacts;
  readonly disk: LineDisk;
}

/** A file ends with the entry that reaches this size: some 3,000 entries. */
const FILE_BYTES = 1024 * 1024;

/** Where the next line goes. */
interface End {
  readonly name: string;
  readonly bytes: number;
}

/**
 * The record of acts as lines in `folder`, chained by SHA-256 (decision 14). Opening reads the last two files alone: half a line
 * at its end, which a crash left and nobody was told of, is cut and kept in `set-aside/`; a changed line stays where it is
 * and is a health fact.
 */
export async function openAudit(options: AuditOptions): Promise<Audit> {
  const { folder, health, disk } = options;
  const files = await auditFiles(folder);
  const [name, before] = [files.at(-1), files.at(-2)];
  if (name === undefined) return new AuditLog(options, { sequence: 0, hash: NO_HASH }, null);
  const chain = new AuditChain(null);
  // The last file may hold nothing whole.
  if (before !== undefined) await chain.read(folder, before);
  const { lines, end } = await chain.read(folder, name);
  const bytes = await readFile(join(folder, name));
  if (end < bytes.length) {
    await disk.write(join(folder, 'set-aside', `${name}.${end}`), bytes.subarray(end), 0);
    await disk.write(join(folder, name), new Uint8Array(0), end);
    const detail = { file: name, bytes: String(bytes.length - end) };
    health.raise({ id: 'audit.tail', severity: 'warning', code: 'audit_tail_cut', detail });
  }
  const changed = lines.find(({ problem }) => problem !== null);
  if (changed !== undefined) {
    const detail = { file: name, line: String(changed.number) };
    health.raise({ id: 'audit.damaged', severity: 'error', code: 'audit_damaged', detail });
  }
  return new AuditLog(options, chain.head(), { name, bytes: end });
}

class AuditLog implements Audit {
  readonly #options: AuditOptions;
  #head: AuditHead;
  #end: End | null;
  /** One entry after the other. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: AuditOptions, head: AuditHead, end: End | null) {
    this.#options = options;
    this.#head = head;
    this.#end = end;
  }

  async around<Value>(
    act: Act,
    run: () => Promise<Result<Value, WireError>>,
    said: (value: Value) => AuditDetail = () => ({}),
  ): Promise<Result<Value, WireError>> {
    const of = await this.#append(act, 'begun', null, act.detail);
    if (of === null && !act.isUrgent) return refused({ code: 'unavailable', detail: { part: 'audit' } });
    try {
      const outcome = await run();
      const [how, detail] = outcome.ok
        ? (['done', said(outcome.value)] as const)
        : (['refused', { code: outcome.error.code }] as const);
      await this.#append(act, how, of, detail);
      return outcome;
    } catch (cause) {
      await this.#append(act, 'failed', of, {});
      throw cause;
    }
  }

  async list(before: number | null, limit: number): Promise<readonly AuditEntry[]> {
    const { folder } = this.#options;
    const newest: AuditEntry[] = [];
    for (const name of [...(await auditFiles(folder))].reverse()) {
      if (newest.length >= limit) break;
      if (before !== null && Number(name.slice(0, 12)) >= before) continue;
      const { lines } = await new AuditChain(null).read(folder, name);
      const found = lines.flatMap(({ entry }) => (entry === null ? [] : entry));
      newest.push(...found.filter(({ sequence }) => before === null || sequence < before).reverse());
    }
    return newest.slice(0, limit);
  }

  /** The sequence of the new entry; null if it could not be written, which is a health fact until one can. */
  #append(
    { act, actor }: Act,
    outcome: AuditEntry['outcome'],
    of: number | null,
    detail: AuditDetail,
  ): Promise<number | null> {
    const { clock, health } = this.#options;
    const turn = this.#last.then(async () => {
      const sequence = this.#head.sequence + 1;
      const entry = { sequence, at: clock.now(), actor, act, outcome, of, detail: { ...detail } };
      try {
        await this.#write(entry);
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause);
        health.raise({ id: 'audit.unwritten', severity: 'error', code: 'audit_unwritten', detail: { reason } });
        return null;
      }
      health.clear('audit.unwritten');
      return sequence;
    });
    this.#last = turn;
    return turn;
  }

  async #write(entry: AuditEntry): Promise<void> {
    const { folder, disk } = this.#options;
    const { line, hash } = lineOf(entry, this.#head.hash);
    const isFull = this.#end === null || this.#end.bytes >= FILE_BYTES;
    const end = isFull ? { name: `${String(entry.sequence).padStart(12, '0')}.log`, bytes: 0 } : this.#end;
    if (end === null) return;
    const bytes = Buffer.from(line, 'utf8');
    // What a write left that failed lies behind the end, and is cut by this one.
    await disk.write(join(folder, end.name), bytes, end.bytes);
    this.#end = { name: end.name, bytes: end.bytes + bytes.length };
    this.#head = { sequence: entry.sequence, hash };
  }
}
