import { useWords } from '#renderer/i18n/use-words.ts';
import { useDesk } from '#renderer/state/desk-context.tsx';

/** A unit's name; a village is told with its township (two pairs share a name, domain.md §8.3); null is the desk. */
export function useUnitName(): (code: string | null) => string {
  const { t } = useWords();
  const { areas } = useDesk();
  return (code) => {
    if (code === null) return t('desk');
    const names = areas.names(code);
    return names.length === 0 ? code : names.slice(-2).join(' ');
  };
}
