import { useTranslation } from 'react-i18next';
import type { WireError } from '#contract/errors.ts';
import type { CaseStateName, RecordKind, Stage } from '#domain/case/lifecycle.ts';
import type { Language } from './setup.ts';

/** The catalog's words, and the language they are in. */
export function useWords() {
  const { t, i18n } = useTranslation();
  return { t, language: i18n.language as Language };
}

/** Names of states and stages; a ticket 工单 has other words than a case for some. */
export function useStateWords(): {
  readonly stateName: (record: RecordKind, state: CaseStateName) => string;
  readonly stageName: (record: RecordKind, stage: Stage) => string;
} {
  const { t } = useTranslation();
  return {
    stateName: (record, state) =>
      record === 'ticket' && state === 'handling' ? t('ofTicket.state.handling') : t(`states.${state}`),
    stageName: (record, stage) =>
      record === 'ticket' && stage === 'handle' ? t('ofTicket.stage.handle') : t(`stages.${stage}`),
  };
}

/** A health fact in the language of the screen. */
export function useFactWords(): (fact: { readonly code: string; readonly detail: WireError['detail'] }) => string {
  const { t } = useTranslation();
  return ({ code, detail }) =>
    t([`facts.${code}`, 'facts.other'] as unknown as 'facts.other', { code, reason: '', ...detail });
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
      for (const [name, catalogs] of detailWords) {
        const value = given[name];
        const catalog = value === undefined ? undefined : catalogs.find((found) => i18n.exists(`${found}.${value}`));
        if (catalog !== undefined) words[name] = t(`${catalog}.${value}` as 'states.closed');
      }
      return words;
    }
  };
}

/** Details of a refusal that are codes with words of their own, and where these stand. */
const detailWords = [
  ['state', ['states', 'orderStates']],
  ['action', ['actions']],
  ['post', ['posts', 'peoplePosts']],
  ['mode', ['modes']],
  ['photo', ['photos.needs']],
  ['store', ['facts']],
  ['problem', ['backup.problems', 'baseMap.reasons']],
] as const;
