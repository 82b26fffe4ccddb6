import type { Random } from '#domain/base/random.ts';
import type { ClassTable } from '#domain/coding/class-table.ts';
import type { ClassRef } from '#domain/case/state.ts';
import { crowds, type Crowd } from './arrival-curve.ts';
import { drawByWeight } from './draw.ts';
import { classGroups } from './simulated-classes.ts';

/** What is wrong, in the class table's words and in a reporter's. */
export interface SimulatedMatter {
  readonly classRef: ClassRef;
  readonly texts: readonly string[];
}

interface Weighted {
  readonly matter: SimulatedMatter;
  readonly weight: number;
}

/** Draws what is reported. Classes that the table in force does not have are left out. */
export class ClassMix {
  readonly #byCrowd: Readonly<Record<Crowd, readonly Weighted[]>>;
  readonly #stormy: readonly Weighted[];

  /** @throws RangeError when the table has none of the simulated classes */
  constructor(table: ClassTable) {
    const byName = new Map(table.rows.map((row) => [`${row.kind} ${row.name}`, row]));
    const known = classGroups.flatMap(({ shares, classes }) => {
      const groupWeight = classes.reduce((sum, one) => sum + one.weight, 0);
      return classes.flatMap(({ kind, name, weight, texts, isStormy = false }) => {
        const row = byName.get(`${kind} ${name}`);
        if (row === undefined) return [];
        return [{ matter: { classRef: table.ref(row), texts }, share: weight / groupWeight, shares, isStormy }];
      });
    });
    if (known.length === 0) throw new RangeError(`class table ${table.version} has none of the simulated classes`);
    const weighted = (crowd: Crowd) =>
      known.map(({ matter, share, shares }) => ({ matter, weight: share * shares[crowd] }));
    this.#byCrowd = Object.fromEntries(crowds.map((crowd) => [crowd, weighted(crowd)])) as Record<Crowd, Weighted[]>;
    const stormy = known.filter(({ isStormy }) => isStormy);
    this.#stormy = (stormy.length > 0 ? stormy : known).map(({ matter, share }) => ({ matter, weight: share }));
  }

  draw(crowd: Crowd, random: Random): SimulatedMatter {
    return drawByWeight(random, this.#byCrowd[crowd], ({ weight }) => weight).matter;
  }

  /** Drainage, trees, signs. */
  drawStormy(random: Random): SimulatedMatter {
    return drawByWeight(random, this.#stormy, ({ weight }) => weight).matter;
  }
}
