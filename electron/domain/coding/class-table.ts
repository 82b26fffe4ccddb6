import type { ClassKind, ClassRef } from '#domain/case/state.ts';

/** One class 小类 of a class table, in its group 大类. */
export interface ClassRow {
  readonly kind: Exclude<ClassKind, 'other'>;
  readonly code: string;
  readonly name: string;
  readonly groupCode: string;
  readonly groupName: string;
  /** Of a local extension (domain.md §3.5); left out for a class of the table's own standard. */
  readonly standardRef?: string;
}

/**
 * Classes of one standard and the district's own beside it (domain.md §1, 2; §3.5). Codes of components and matters
 * overlap, so a code alone names a class only where one kind has it.
 */
export class ClassTable {
  readonly version: string;
  readonly standardRef: string;
  readonly rows: readonly ClassRow[];
  readonly #byKey = new Map<string, ClassRow>();
  readonly #byName = new Map<string, ClassRow>();

  constructor(standardRef: string, version: string, rows: readonly ClassRow[]) {
    this.standardRef = standardRef;
    this.version = version;
    this.rows = rows;
    for (const row of rows) {
      this.#byKey.set(`${row.kind} ${row.code}`, row);
      if (!this.#byName.has(row.name)) this.#byName.set(row.name, row);
    }
  }

  byCode(kind: ClassRow['kind'], code: string): ClassRow | undefined {
    return this.#byKey.get(`${kind} ${code}`);
  }

  /** By name, or by a code that only one kind has; null for anything else. */
  find(text: string): ClassRef | null {
    const component = this.byCode('component', text);
    const matter = this.byCode('matter', text);
    const byCode = component !== undefined && matter !== undefined ? undefined : (component ?? matter);
    const row = this.#byName.get(text) ?? byCode;
    return row === undefined ? null : this.ref(row);
  }

  ref({ standardRef, kind, code, name }: ClassRow): ClassRef {
    return { standardRef: standardRef ?? this.standardRef, kind, code, name };
  }

  /** The same table with local classes instead of those it had; `version` is the whole table's. */
  withLocal(rows: readonly ClassRow[], version: string): ClassTable {
    const own = this.rows.filter(({ standardRef }) => standardRef === undefined);
    return new ClassTable(this.standardRef, version, [...own, ...rows]);
  }
}
