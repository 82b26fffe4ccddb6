import type { Unsubscribe } from '#contract/wire.ts';
import { maxBatchItems, maxWaitingItems } from '#contract/wire.ts';
import type { StreamSource } from './stream-source.ts';

/**
 * One client's view of a stream, bounded (architecture.md §5, 7).
 *
 * 1. One batch is under way at a time: the next is sent when the last one is acknowledged, that is drawn.
 * 2. What changes meanwhile waits merged per key. More than `maxWaitingItems` waiting: `lost`, and the subscription ends.
 * 3. Deltas follow after the last part of the snapshot; an item in both is newest last.
 */
export class Subscription<Item extends object> {
  readonly #id: string;
  readonly #source: StreamSource<Item>;
  readonly #send: (text: string) => void;
  readonly #waiting = new Map<string, Item>();
  readonly #unsubscribe: Unsubscribe;
  #parts: (readonly Item[])[] = [];
  #partCount = 0;
  #snapshotSequence = 0;
  #waitingSequence = 0;
  #batch = 0;
  #isUnderWay = false;
  #sentSequence: number;
  #drawnSequence: number;
  #isEnded = false;
  readonly #onLost: () => void;

  constructor(
    id: string,
    source: StreamSource<Item>,
    after: number | undefined,
    send: (text: string) => void,
    onLost: () => void,
  ) {
    this.#id = id;
    this.#source = source;
    this.#send = send;
    this.#onLost = onLost;
    this.#drawnSequence = after ?? 0;
    this.#sentSequence = this.#drawnSequence;
    const missed = after === undefined ? null : source.since(after);
    if (missed === null) this.#startSnapshot();
    else this.#keep(missed.items, missed.sequence);
    this.#unsubscribe = source.onItems((items, sequence) => this.#heard(items, sequence));
    this.#pump();
  }

  /** Items that wait for the client; at most `maxWaitingItems`. */
  get waitingCount(): number {
    return this.#waiting.size;
  }

  acknowledge(batch: number): void {
    if (this.#isEnded || batch !== this.#batch || !this.#isUnderWay) return;
    this.#isUnderWay = false;
    if (this.#parts.length === 0) this.#drawnSequence = this.#sentSequence;
    this.#pump();
  }

  end(): void {
    this.#isEnded = true;
    this.#unsubscribe();
    this.#waiting.clear();
    this.#parts = [];
  }

  #startSnapshot(): void {
    const { items, sequence } = this.#source.snapshot();
    this.#snapshotSequence = sequence;
    this.#parts = [];
    for (let at = 0; at < items.length; at += maxBatchItems) this.#parts.push(items.slice(at, at + maxBatchItems));
    if (this.#parts.length === 0) this.#parts.push([]);
    this.#partCount = this.#parts.length;
  }

  #heard(items: readonly Item[], sequence: number): void {
    this.#keep(items, sequence);
    if (this.#waiting.size > maxWaitingItems) {
      this.end();
      this.#send(JSON.stringify({ type: 'lost', id: this.#id, resumeFrom: this.#drawnSequence }));
      this.#onLost();
      return;
    }
    this.#pump();
  }

  #keep(items: readonly Item[], sequence: number): void {
    for (const item of items) this.#waiting.set(this.#source.keyOf(item), item);
    this.#waitingSequence = sequence;
  }

  #pump(): void {
    if (this.#isEnded || this.#isUnderWay) return;
    const part = this.#parts.shift();
    if (part !== undefined) {
      const number = this.#partCount - this.#parts.length - 1;
      const isLast = this.#parts.length === 0;
      this.#sentSequence = this.#snapshotSequence;
      this.#sendBatch('snapshot', part, this.#snapshotSequence, `"part":${number},"isLast":${isLast},`);
      return;
    }
    if (this.#waiting.size === 0) return;
    const items = [...this.#waiting.values()];
    this.#waiting.clear();
    this.#sentSequence = this.#waitingSequence;
    this.#sendBatch('delta', items, this.#waitingSequence, '');
  }

  #sendBatch(type: string, items: readonly Item[], sequence: number, more: string): void {
    this.#batch += 1;
    this.#isUnderWay = true;
    const head = `"type":"${type}","id":${JSON.stringify(this.#id)},"batch":${this.#batch},${more}"sequence":${sequence}`;
    this.#send(`{${head},"items":[${items.map(textOf).join(',')}]}`);
  }
}

/** An item is written as text once, however many clients get it. */
const texts = new WeakMap<object, string>();

function textOf(item: object): string {
  const known = texts.get(item);
  if (known !== undefined) return known;
  const text = JSON.stringify(item);
  texts.set(item, text);
  return text;
}
