import type { Random } from '#domain/base/random.ts';
import type { ClassRef } from '#domain/case/state.ts';
import type { Day } from '#domain/reference/day.ts';
import type { ReferenceTables } from '#domain/reference/reference-tables.ts';
import { crowds, type Crowd } from './arrival-curve.ts';
import { drawByWeight } from './draw.ts';
import { classGroups } from './simulated-classes.ts';
import { ticketClasses } from './simulated-tickets.ts';

/** What is wrong, in the class table's words and in a reporter's. */
export interface SimulatedMatter {
  readonly classRef: ClassRef;
  readonly texts: readonly string[];
  /** Of a ticket its time class 四时段; null for what becomes a grid case. */
  readonly timeClass: string | null;
}

interface Weighted {
  readonly matter: SimulatedMatter;
  readonly weight: number;
}

/** The standard that a ticket's class refers to, as the feed of the 12345 centre names it. */
const TICKET_STANDARD = '12345';

/** Draws what is reported. Classes that the tables in force do not have are left out. */
export class ClassMix {
  readonly #byCrowd: Readonly<Record<Crowd, readonly Weighted[]>>;
  readonly #stormy: readonly Weighted[];
  readonly #tickets: readonly Weighted[];
  readonly #stormyTickets: readonly Weighted[];

  /** @throws RangeError when the table has none of the simulated classes */
  constructor(tables: Pick<ReferenceTables, 'classes' | 'ticketClasses' | 'timeClassOf' | 'timeClasses'>, day: Day) {
    const { classes: table } = tables;
    const byName = new Map(table.rows.map((row) => [`${row.kind} ${row.name}`, row]));
    const known = classGroups.flatMap(({ shares, classes }) => {
      const groupWeight = classes.reduce((sum, one) => sum + one.weight, 0);
      return classes.flatMap(({ kind, name, weight, texts, isStormy = false }) => {
        const row = byName.get(`${kind} ${name}`);
        if (row === undefined) return [];
        const matter = { classRef: table.ref(row), texts, timeClass: null };
        return [{ matter, share: weight / groupWeight, shares, isStormy }];
      });
    });
    if (known.length === 0) throw new RangeError(`class table ${table.version} has none of the simulated classes`);
    const weighted = (crowd: Crowd) =>
      known.map(({ matter, share, shares }) => ({ matter, weight: share * shares[crowd] }));
    this.#byCrowd = Object.fromEntries(crowds.map((crowd) => [crowd, weighted(crowd)])) as Record<Crowd, Weighted[]>;
    const stormy = known.filter(({ isStormy }) => isStormy);
    this.#stormy = (stormy.length > 0 ? stormy : known).map(({ matter, share }) => ({ matter, weight: share }));
    const tickets = ticketsOf(tables, day);
    this.#tickets = tickets;
    const stormyTickets = tickets.filter(({ isStormy }) => isStormy);
    this.#stormyTickets = stormyTickets.length > 0 ? stormyTickets : tickets;
  }

  draw(crowd: Crowd, random: Random): SimulatedMatter {
    return drawByWeight(random, this.#byCrowd[crowd], ({ weight }) => weight).matter;
  }

  /** Drainage, trees, signs. */
  drawStormy(random: Random): SimulatedMatter {
    return drawByWeight(random, this.#stormy, ({ weight }) => weight).matter;
  }

  /** What somebody calls 12345 for; null where the tables know no classes of tickets. */
  drawTicket(random: Random, isStorm = false): SimulatedMatter | null {
    const choice = isStorm ? this.#stormyTickets : this.#tickets;
    return choice.length === 0 ? null : drawByWeight(random, choice, ({ weight }) => weight).matter;
  }
}

function ticketsOf(tables: Pick<ReferenceTables, 'ticketClasses' | 'timeClassOf' | 'timeClasses'>, day: Day) {
  const rows = new Map(tables.ticketClasses(day).map((row) => [row.code, row]));
  const timeClasses = new Set(tables.timeClasses(day).map(({ code }) => code));
  return ticketClasses.flatMap(({ code, weight, texts, isStormy = false }) => {
    const row = rows.get(code);
    const timeClass = tables.timeClassOf(code, day);
    if (row === undefined || timeClass === null || !timeClasses.has(timeClass)) return [];
    const classRef = { standardRef: TICKET_STANDARD, kind: 'other', code, name: row.name } as const;
    return [{ matter: { classRef, texts, timeClass }, weight, isStormy }];
  });
}
