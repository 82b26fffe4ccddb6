import { useWords } from '#renderer/i18n/use-words.ts';
import { useDesk } from '#renderer/state/desk-context.tsx';

/** A unit's name; a village is told with its township (two pairs share a name, domain.md §8.3); null is the desk. */
export function useUnitName(): (code: string | null) => string {
  const { t } = useWords();
  const { areas } = useDesk();
  return (code) => {
    if (code === null) return t('desk');
    const names = areas.names(code);
    // Grids are often named after their village: it need not stand there twice.
    const telling = names.filter((name, index) => names[index + 1]?.startsWith(name) !== true);
    return telling.length === 0 ? code : telling.slice(-2).join(' ');
  };
}
