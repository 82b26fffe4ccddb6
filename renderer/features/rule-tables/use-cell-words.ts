import { rulesZh } from '#renderer/i18n/zh-cn/rules.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import type { TableProblem } from '#contract/reference.ts';
import type { TableColumn } from './table-info.ts';

export interface CellWords {
  label(label: { readonly zh: string; readonly en: string }): string;
  /** A cell as shown: values of a list in words, everything else as written. */
  shown(cell: string, column: TableColumn | undefined): string;
  problem(problem: TableProblem): string;
}

/** Columns, cells and faults in the words of the screen. */
export function useCellWords(): CellWords {
  const { t, language } = useWords();
  return {
    label: (label) => (language === 'en' ? label.en : label.zh),
    shown: (cell, column) => {
      if (column?.type !== 'choice' && column?.type !== 'flag') return cell;
      return isChoice(cell) ? t(`rules.choices.${cell}`) : cell;
    },
    problem: ({ code, detail }) => {
      const facts = { reason: '', allowed: '', min: '', max: '', part: '', table: '', instead: '', day: '', ...detail };
      return t(`rules.problems.${code}` as 'rules.problems.empty', facts);
    },
  };
}

function isChoice(cell: string): cell is keyof typeof rulesZh.choices {
  return Object.hasOwn(rulesZh.choices, cell);
}
