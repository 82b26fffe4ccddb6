import type { OutputOf } from '#contract/api.ts';
import type { Client } from '#renderer/client/client.ts';

/** A unit as the host names it. */
export type UnitEntry = OutputOf<'units.find'>['units'][number];
/** A person in a post of a unit, under a pseudonym. */
export type PersonEntry = OutputOf<'units.people'>['people'][number];

const nobody: readonly PersonEntry[] = [];

/**
 * Names of units and people that screens met, each asked of the host once. Reading starts the question; `onChange` tells
 * when an answer has come.
 */
export class Directory {
  readonly #client: Pick<Client, 'call'>;
  readonly #units = new Map<string, UnitEntry | null>();
  readonly #people = new Map<string, readonly PersonEntry[] | null>();
  readonly #listeners = new Set<() => void>();
  #version = 0;

  constructor(client: Pick<Client, 'call'>) {
    this.#client = client;
  }

  /** Goes up with every answer. */
  get version(): number {
    return this.#version;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Undefined while it is not known, or when there is no such unit. */
  unit(code: string): UnitEntry | undefined {
    if (!this.#units.has(code)) void this.#askUnit(code);
    return this.#units.get(code) ?? undefined;
  }

  /** People in the posts of a unit; empty while they are not known. */
  people(unit: string): readonly PersonEntry[] {
    if (!this.#people.has(unit)) void this.#askPeople(unit);
    return this.#people.get(unit) ?? nobody;
  }

  /** Keeps units that a search brought anyway. */
  learn(units: readonly UnitEntry[]): void {
    const news = units.filter(({ code }) => (this.#units.get(code) ?? null) === null);
    for (const unit of news) this.#units.set(unit.code, unit);
    if (news.length > 0) this.#tell();
  }

  async #askUnit(code: string): Promise<void> {
    this.#units.set(code, null);
    const outcome = await this.#client.call('units.find', { text: code });
    if (!outcome.ok) {
      this.#units.delete(code);
      return;
    }
    this.learn(outcome.value.units.filter((unit) => unit.code === code));
  }

  async #askPeople(unit: string): Promise<void> {
    this.#people.set(unit, null);
    const outcome = await this.#client.call('units.people', { unit });
    if (!outcome.ok) {
      if (outcome.error.code !== 'unit_unknown') this.#people.delete(unit);
      return;
    }
    this.#people.set(unit, outcome.value.people);
    this.#tell();
  }

  #tell(): void {
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }
}
