import type { Unsubscribe } from '#contract/wire.ts';
import { maxBatchItems, maxWaitingItems } from '#contract/wire.ts';
import type { StreamSource } from './stream-source.ts';

/**
 * One client's view of a stream, bounded (architecture.md §5, 7).
 *
 * 1. One batch is under way at a time, of at most `maxBatchItems`: the next is sent when it is acknowledged, that is drawn.
 * 2. It begins with a snapshot, or with what a client that comes back has missed, cut into batches.
 * 3. What changes meanwhile waits merged per key and follows; a source may say how it is merged. More than `maxWaitingItems` waiting: `lost`, and it ends.
 * 4. The sequence of a batch is never above what the client holds with it: of several that belong together only the last
 *    one moves it on.
 */
export class Subscription<Item extends object> {
  readonly #id: string;
  readonly #source: StreamSource<Item>;
  readonly #send: (text: string) => void;
  readonly #waiting = new Map<string, Item>();
  readonly #unsubscribe: Unsubscribe;
  #beginning: Batch<Item>[] = [];
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
    this.#beginning = missed === null ? this.#snapshot() : this.#missed(missed.items, missed.sequence);
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
    this.#drawnSequence = this.#sentSequence;
    this.#pump();
  }

  end(): void {
    this.#isEnded = true;
    this.#unsubscribe();
    this.#waiting.clear();
    this.#beginning = [];
  }

  #snapshot(): Batch<Item>[] {
    const { items, sequence } = this.#source.snapshot();
    const parts = cut(items);
    if (parts.length === 0) parts.push([]);
    return parts.map((part, index) => ({
      type: 'snapshot',
      items: part,
      sequence,
      place: `"part":${index},"isLast":${index === parts.length - 1},`,
    }));
  }

  #missed(items: readonly Item[], sequence: number): Batch<Item>[] {
    const merged = new Map(items.map((item) => [this.#source.keyOf(item), item]));
    const parts = cut([...merged.values()]);
    return parts.map((part, index) => ({
      type: 'delta',
      items: part,
      sequence: index === parts.length - 1 ? sequence : this.#drawnSequence,
      place: '',
    }));
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
    for (const item of items) {
      const key = this.#source.keyOf(item);
      const waiting = this.#waiting.get(key);
      const merged = waiting === undefined ? undefined : this.#source.merge?.(waiting, item);
      this.#waiting.set(key, merged ?? item);
    }
    this.#waitingSequence = sequence;
  }

  #pump(): void {
    if (this.#isEnded || this.#isUnderWay) return;
    const next = this.#beginning.shift();
    if (next !== undefined) return this.#sendBatch(next);
    if (this.#waiting.size === 0) return;
    const items = [...this.#waiting.values()];
    this.#waiting.clear();
    this.#sendBatch({ type: 'delta', items, sequence: this.#waitingSequence, place: '' });
  }

  #sendBatch({ type, items, sequence, place }: Batch<Item>): void {
    this.#batch += 1;
    this.#isUnderWay = true;
    // A client without the whole snapshot holds nothing that could be resumed.
    if (type === 'delta' || this.#beginning.length === 0) this.#sentSequence = sequence;
    const head = `"type":"${type}","id":${JSON.stringify(this.#id)},"batch":${this.#batch},${place}"sequence":${sequence}`;
    this.#send(`{${head},"items":[${items.map(textOf).join(',')}]}`);
  }
}

interface Batch<Item> {
  readonly type: 'snapshot' | 'delta';
  readonly items: readonly Item[];
  readonly sequence: number;
  /** Fields of a snapshot's part, as text. */
  readonly place: string;
}

function cut<Item>(items: readonly Item[]): (readonly Item[])[] {
  const parts: (readonly Item[])[] = [];
  for (let at = 0; at < items.length; at += maxBatchItems) parts.push(items.slice(at, at + maxBatchItems));
  return parts;
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
