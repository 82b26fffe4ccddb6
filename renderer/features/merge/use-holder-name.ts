import { useWords } from '#renderer/i18n/use-words.ts';
import { useDesk, useDirectory } from '#renderer/state/desk-context.tsx';

/** A unit by the names of its area, else by its own; null is the desk. */
export function useHolderName(): (code: string | null) => string {
  const { t } = useWords();
  const { areas } = useDesk();
  const directory = useDirectory();
  return (code) => {
    if (code === null) return t('desk');
    const names = areas.names(code);
    return names.length === 0 ? (directory.unit(code)?.name ?? code) : names.slice(-2).join(' ');
  };
}
