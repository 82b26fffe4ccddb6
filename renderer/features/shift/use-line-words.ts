import type { HandoverForm, HandoverLine } from '#contract/shift.ts';
import { moment, span } from '#renderer/i18n/format.ts';
import { useFactWords, useWords } from '#renderer/i18n/use-words.ts';
import { useDesk, useTable } from '#renderer/state/desk-context.tsx';

const CASE_DIGITS = 4;

export function caseDigits(caseId: string | null): string {
  return caseId === null ? '' : caseId.slice(-CASE_DIGITS);
}

/** Lines of a handover in words. */
export function useLineWords() {
  const { t, language } = useWords();
  const factWords = useFactWords();
  const { areas } = useDesk();
  const types = useTable('alarm-types');
  const nameOf = ({ kind, name, detail }: HandoverLine): string => {
    if (kind === 'fact') return factWords({ code: name, detail });
    if (kind !== 'alarm' && kind !== 'shelved') return name;
    return types.find((row) => row['id'] === name)?.[language === 'en' ? 'en' : 'zh'] ?? name;
  };
  return {
    nameOf,
    placeOf: ({ area }: HandoverLine): string => areas.names(area).slice(0, 2).join(' '),
    whatOf: ({ kind, what }: HandoverLine): string => {
      if (what === null || kind === 'fact') return '';
      return t(`shift.what.${what as 'handle'}`);
    },
    /** When, as of the form: what is left, by how much it is past, since when, until when. */
    timeOf: ({ kind, at }: HandoverLine, form: Pick<HandoverForm, 'at'>): string => {
      if (at === null) return kind === 'supervision' ? t('shift.noAnswerBy') : '';
      const ms = at - form.at;
      switch (kind) {
        case 'risk':
          return t('shift.left', { span: span(ms, language), time: moment(at, form.at) });
        case 'overdue':
          return t('shift.past', { span: span(-ms, language), time: moment(at, form.at) });
        case 'shelved':
          return t('shift.until', { time: moment(at, form.at) });
        case 'supervision':
          return ms < 0
            ? t('shift.past', { span: span(-ms, language), time: moment(at, form.at) })
            : t('shift.answerBy', { time: moment(at, form.at) });
        default:
          return moment(at, form.at);
      }
    },
    /** The line that a note belongs to: by its words, or the digits of the case when it is told no more. */
    subjectOf: (key: string, form: HandoverForm): string => {
      if (key === '') return t('shift.wholeNote');
      const line = form.lines.find((one) => one.key === key);
      if (line !== undefined) return `${caseDigits(line.caseId)} ${nameOf(line)}`.trim();
      const [, subject = ''] = key.split(':');
      return t('shift.goneLine', { subject: caseDigits(subject) });
    },
    personOf: (person: { readonly display: string; readonly post: string | null }): string =>
      person.post === null ? person.display : `${person.display} ${t(`peoplePosts.${person.post as 'leader'}`)}`,
  };
}
