import { useWords } from '#renderer/i18n/use-words.ts';
import { useDesk, useDirectory } from '#renderer/state/desk-context.tsx';

/** How units and people are called on the screen. */
export interface Names {
  /** With the township of a village (two pairs share a name, domain.md §8.3); null is the desk. */
  unit(code: string | null): string;
  /** The unit's own name alone. */
  shortUnit(code: string | null): string;
  /** A person in a post of a unit, as the desk calls that person; the staff number when the unit doesn't say. */
  person(unit: string | null, id: string): string;
  /** How deep below the desk a unit stands; offices one below their parent. */
  depth(code: string): number;
}

/** Names out of the net, and for units beside it out of the host's directory. */
export function useNames(): Names {
  const { t } = useWords();
  const { areas } = useDesk();
  const directory = useDirectory();
  return { unit, shortUnit, person, depth };

  function unit(code: string | null): string {
    if (code === null) return t('desk');
    const names = areas.names(code);
    if (names.length === 0) return directory.unit(code)?.name ?? code;
    // Grids are often named after their village: it need not stand there twice.
    const telling = names.filter((name, index) => names[index + 1]?.startsWith(name) !== true);
    return telling.slice(-2).join(' ');
  }

  function shortUnit(code: string | null): string {
    if (code === null) return t('desk');
    return areas.area(code)?.name ?? directory.unit(code)?.name ?? code;
  }

  function person(of: string | null, id: string): string {
    const found = of === null ? undefined : directory.people(of).find((entry) => entry.id === id);
    return found?.display ?? id;
  }

  function depth(code: string): number {
    const path = areas.path(code);
    if (path.length > 0) return path.length - areas.unitLevel + 1;
    const parent = directory.unit(code)?.parent ?? null;
    return parent === null ? 1 : depth(parent) + 1;
  }
}
