import { standingOf, type Alarm } from '#domain/alarms/alarm.ts';
import type { AlarmGroup } from '#domain/alarms/alarm-groups.ts';
import { count } from '#renderer/i18n/format.ts';
import { useFactWords, useWords } from '#renderer/i18n/use-words.ts';
import { useDesk, useTable } from '#renderer/state/desk-context.tsx';
import type { TableRecord } from '#renderer/state/reference.ts';

const CASE_DIGITS = 4;

/** Alarms in words: those of their types stand in the rule table, in both languages. */
export function useAlarmWords() {
  const { t, language } = useWords();
  const factWords = useFactWords();
  const { areas } = useDesk();
  const rows = useTable('alarm-types');
  const ofType = (typeId: string): TableRecord | undefined => rows.find((row) => row['id'] === typeId);
  const word = (typeId: string, column: 'cause' | 'consequence' | 'action'): string =>
    ofType(typeId)?.[language === 'en' ? `${column}_en` : `${column}_zh`] ?? '';
  const areaName = (code: string | null): string => (code === null ? '' : (areas.area(code)?.name ?? code));

  return {
    rows,
    ofType,
    word,
    typeName: (typeId: string): string => ofType(typeId)?.[language === 'en' ? 'en' : 'zh'] ?? typeId,
    areaName,
    /** Where it is, with the digits by which people name a case. */
    placeOf: ({ place, about }: Alarm): string => {
      const names = [areas.names(place.grid).slice(0, 2).join(' ')].filter((name) => name !== '');
      const spot = names[0] ?? areaName(place.area);
      if (about.kind === 'case') return `${spot} ${about.caseId.slice(-CASE_DIGITS)}`.trim();
      return spot === '' ? t('alarmCenter.noPlace') : spot;
    },
    aboutOf: ({ about }: Alarm): string => {
      switch (about.kind) {
        case 'case':
          return about.className;
        case 'area':
          return t('alarmCenter.about.week', {
            name: about.className,
            value: count(about.value),
            against: count(about.against),
          });
        case 'source':
          return t(`sources.${about.source}`);
        case 'fact':
          return factWords(about);
        case 'search':
          return t('alarmCenter.about.search', { number: count(about.behind) });
      }
    },
    standing: (alarm: Alarm): string => t(`alarmCenter.standing.${standingOf(alarm)}`),
    groupPlace: ({ area, alarms }: AlarmGroup): string => {
      const places = new Set(alarms.map(({ place }) => place.area));
      if (places.size > 1) return t('alarmCenter.areas', { number: places.size });
      return area === null ? t('alarmCenter.noPlace') : areaName(area);
    },
  };
}
