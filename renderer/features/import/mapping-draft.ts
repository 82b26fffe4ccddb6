import { importFields, type ImportField, type ImportMapping } from '#contract/imports.ts';

/** A mapping while a person edits it; texts as typed. */
export interface MappingDraft {
  readonly columns: Readonly<Partial<Record<ImportField, string>>>;
  readonly timeZone: string;
  readonly missing: string;
  readonly states: string;
}

export function draftOf(mapping: ImportMapping | null): MappingDraft {
  const columns: Partial<Record<ImportField, string>> = {};
  for (const field of importFields) {
    const column = mapping?.columns[field];
    if (column !== undefined) columns[field] = column;
  }
  return {
    columns,
    timeZone: mapping?.timeZone ?? 'Asia/Shanghai',
    missing: (mapping?.missing ?? ['']).join(','),
    states: Object.entries(mapping?.states ?? {})
      .map(([word, state]) => `${word}=${state}`)
      .join('\n'),
  };
}

/** The mapping to send; null while outside number or time of report have no column. */
export function mappingOf(draft: MappingDraft): ImportMapping | null {
  const { columns } = draft;
  if (columns.externalId === undefined || columns.reportedAt === undefined) return null;
  const states = statesOf(draft.states);
  return {
    columns: { ...columns },
    ...(draft.timeZone.trim() === '' ? {} : { timeZone: draft.timeZone.trim() }),
    missing: draft.missing.split(',').map((word) => word.trim()),
    ...(Object.keys(states).length === 0 ? {} : { states }),
  };
}

function statesOf(text: string): Record<string, 'open' | 'closed'> {
  const states: Record<string, 'open' | 'closed'> = {};
  for (const line of text.split('\n')) {
    const at = line.lastIndexOf('=');
    const state = line.slice(at + 1).trim();
    const word = line.slice(0, at).trim();
    if (at > 0 && word !== '' && (state === 'open' || state === 'closed')) states[word] = state;
  }
  return states;
}
