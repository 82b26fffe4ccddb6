import type { TableName } from '#domain/reference/table-names.ts';
import { moment } from '#renderer/i18n/format.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { useTable } from '#renderer/state/desk-context.tsx';
import { asChoice, type TableRecord } from '#renderer/state/reference.ts';
import type { FactName, FactSpeech } from './history-facts.ts';
import { useNames } from '#renderer/acts/use-names.ts';

const catalogs = {
  mode: 'modes',
  checkResult: 'case.checkResults',
  verifyResult: 'verifyResults',
  supervisionKind: 'supervisionKinds',
  appealKind: 'acts.appealKinds',
  appealResult: 'side.appealResults',
  endorsementPost: 'peoplePosts',
  post: 'posts',
  clock: 'clocks',
  orderRole: 'orderRoles',
} as const satisfies Partial<Record<FactName, string>>;

type TableFact = Exclude<FactName, keyof typeof catalogs>;

/** Says the facts of events in the language of the screen; codes of rule tables by their rows. */
export function useFactSpeech(now: number): FactSpeech {
  const { t, language } = useWords();
  const { unit } = useNames();
  const tables: Readonly<Record<TableFact, readonly TableRecord[]>> = {
    reason: useTable('return-reasons' satisfies TableName),
    party: useTable('supervising-parties'),
    timeClass: useTable('time-classes'),
    ...answersOf(useTable('callback-answers')),
  };
  return {
    unit,
    moment: (at) => moment(at, now),
    word: (key, values = {}) => t(`factWords.${key}` as 'factWords.due', { time: '', ...values }),
    name(kind, code) {
      if (isInCatalog(kind)) return t(`${catalogs[kind]}.${code}` as 'modes.joint', { defaultValue: code });
      const row = tables[kind].find((found) => found['code'] === code);
      return row === undefined ? undefined : asChoice(row, language).name;
    },
  };
}

function isInCatalog(kind: FactName): kind is keyof typeof catalogs {
  return Object.hasOwn(catalogs, kind);
}

function answersOf(rows: readonly TableRecord[]) {
  return {
    solved: rows.filter((row) => row['question'] === 'solved'),
    satisfied: rows.filter((row) => row['question'] === 'satisfied'),
  };
}
