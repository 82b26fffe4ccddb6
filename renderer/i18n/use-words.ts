import { useTranslation } from 'react-i18next';
import type { WireError } from '#contract/errors.ts';
import type { Language } from './setup.ts';

/** The catalog's words, and the language they are in. */
export function useWords() {
  const { t, i18n } = useTranslation();
  return { t, language: i18n.language as Language };
}

/** What went wrong and what to do next, in the language of the screen. */
export function useErrorWords(): (error: WireError) => { readonly title: string; readonly remedy: string } {
  const { t, i18n } = useTranslation();
  return ({ code, detail }) => {
    const [title, remedy] = i18n.t(`errors.${code}`, { returnObjects: true, ...translated(detail) }) as unknown as [
      string,
      string,
    ];
    return { title, remedy };

    function translated(given: WireError['detail']): Readonly<Record<string, string>> {
      const words: Record<string, string> = { ...given };
      if (given['state'] !== undefined && i18n.exists(`states.${given['state']}`)) {
        words['state'] = t(`states.${given['state']}` as 'states.closed');
      }
      if (given['action'] !== undefined && i18n.exists(`actions.${given['action']}`)) {
        words['action'] = t(`actions.${given['action']}` as 'actions.close');
      }
      if (given['post'] !== undefined && i18n.exists(`posts.${given['post']}`)) {
        words['post'] = t(`posts.${given['post']}` as 'posts.DEPT');
      }
      return words;
    }
  };
}
