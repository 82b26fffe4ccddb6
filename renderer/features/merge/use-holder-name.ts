import { useWords } from '#renderer/i18n/use-words.ts';
import { useDesk } from '#renderer/state/desk-context.tsx';

/** A unit by the names of its area, else its code; null is the desk. */
export function useHolderName(): (code: string | null) => string {
  const { t } = useWords();
  const { areas } = useDesk();
  return (code) => {
    if (code === null) return t('merge.desk');
    const names = areas.names(code);
    return names.length === 0 ? code : names.slice(-2).join(' ');
  };
}
