import type { CaseDetail, CaseRow } from '#contract/cases.ts';
import { instant } from '#domain/base/instant.ts';
import {
  firstDraft,
  irreversible,
  isComplete,
  missingFields,
  sendingActs,
  textOf,
  withSuggestion,
  type Draft,
} from '#renderer/acts/act-draft.ts';
import type { CaseAct } from '#renderer/acts/next-actions.ts';
import { useNames } from '#renderer/acts/use-names.ts';
import { usePresets } from '#renderer/acts/use-presets.ts';
import { useSuggestions, type Suggested } from '#renderer/acts/use-suggestions.ts';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import { useDesk, useIsPast, useTable } from '#renderer/state/desk-context.tsx';
import { asChoice } from '#renderer/state/reference.ts';
import { fillDraft } from './fill-draft.ts';
import { casesEndingWith, type Reading } from './read-line.ts';
import { useCaseMeant } from './use-case-meant.ts';
import { useUnitsMeant } from './use-units-meant.ts';

/** Something to choose; taking it makes the line clear. */
export interface LineChoice {
  readonly id: string;
  readonly name: string;
  readonly note: string;
  /** The line with it. */
  readonly line: string;
}

/** What Enter would do. */
export type Effect =
  | {
      readonly kind: 'act';
      readonly action: CaseAct;
      readonly detail: CaseDetail;
      readonly draft: Draft;
      readonly needsConfirm: boolean;
    }
  | { readonly kind: 'form'; readonly action: CaseAct; readonly id: string }
  | { readonly kind: 'search'; readonly text: string }
  | { readonly kind: 'open'; readonly id: string };

/** The exact effect of a line before Enter, or why there is none yet. */
export interface Plan {
  readonly sentence: string;
  readonly choices: readonly LineChoice[];
  /** Null: Enter is refused, with the sentence. */
  readonly effect: Effect | null;
  /** An answer of the host is awaited. */
  readonly isWaiting: boolean;
}

const nothing: Plan = { sentence: '', choices: [], effect: null, isWaiting: false };
const MOST_CHOICES = 9;

/** Looks up what a line speaks of, and says what Enter would do. */
export function usePlan(line: string, reading: Reading): Plan {
  const { t, language } = useWords();
  const errorWords = useErrorWords();
  const names = useNames();
  const { live, now } = useDesk();
  const isPast = useIsPast();
  const object = reading.kind === 'act' || reading.kind === 'open' ? reading.object : null;
  const meant = useCaseMeant(object);
  const { detail } = meant;
  const offers = reading.kind === 'act' ? offersOf(reading.verb.acts, detail) : [];
  const offer = offers.find(({ refusal }) => refusal === null) ?? offers[0];
  const action = offer?.action ?? null;
  const suggested = useSuggestions(detail, { primary: action });
  const presets = usePresets(detail, suggested);
  const words = reading.kind === 'act' ? reading.words : [];
  const isSending = action !== null && sendingActs.has(action);
  const units = useUnitsMeant(isSending ? (words[0] ?? null) : null, detail, action === 'sub_dispatch');
  const reasons = useTable('return-reasons')
    .filter((row) => row['action'] === (action === 'request_return' ? 'return_ticket' : 'return'))
    .map((row) => asChoice(row, language));
  const parties = useTable('supervising-parties').map((row) => asChoice(row, language));

  switch (reading.kind) {
    case 'empty':
    case 'palette':
      return nothing;
    case 'unclear':
      return unclear(reading.word, reading.candidates);
    case 'search':
      return {
        ...nothing,
        sentence: reading.text === '' ? t('commandLine.clearSearch') : t('commandLine.search', { text: reading.text }),
        effect: { kind: 'search', text: reading.text },
      };
    case 'open':
    case 'act':
      return onCase();
  }

  function unclear(word: string, candidates: Extract<Reading, { kind: 'unclear' }>['candidates']): Plan {
    const choices = candidates.map(({ name }) => ({ id: name, name, note: '', line: line.replace(word, `${name} `) }));
    const key = choices.length === 0 ? 'commandLine.noVerb' : 'commandLine.whichVerb';
    return { ...nothing, sentence: t(key, { word }), choices: choices.slice(0, MOST_CHOICES) };
  }

  function onCase(): Plan {
    if (object === null) return say(t('commandLine.noObject'));
    if (object.kind === 'digits' && meant.rows.length !== 1) {
      const { digits } = object;
      const count = meant.rows.length;
      const choices = meant.rows.slice(0, MOST_CHOICES).map((row) => ({
        id: row.id,
        name: `${row.id} ${row.className}`,
        note: [names.unit(row.gridCode), row.description].filter(Boolean).join(' · '),
        line: line.replace(digits, row.id),
      }));
      const sentence =
        count === 0 ? t('commandLine.noCase', { digits }) : t('commandLine.severalCases', { digits, count });
      return { ...nothing, sentence, choices };
    }
    if (meant.id === null) return say(t('commandLine.noOpenCase'));
    if (reading.kind === 'open') {
      const row = live.rows.get(meant.id);
      return {
        ...say(t('commandLine.open', { case: row === undefined ? meant.id : headOf(row) })),
        effect: { kind: 'open', id: meant.id },
      };
    }
    if (meant.isMissing) return say(t('commandLine.noCase', { digits: meant.id }));
    if (detail === null || action === null || offer === undefined) return wait(t('commandLine.loading'));
    if (isPast) return say(t('commandLine.past'));
    const head = `${headOf(detail)} · ${t(`actions.${action}`)}`;
    if (offer.refusal !== null) {
      const { title, remedy } = errorWords(offer.refusal);
      return say(`${head}：${title} ${remedy}`);
    }
    return ofAct(action, detail, head);
  }

  function ofAct(act: CaseAct, of: CaseDetail, head: string): Plan {
    const [first] = suggested.suggestions;
    const word = words[0];
    if (isSending && word === undefined && suggested.isLoading) return wait(t('commandLine.loading'));
    if (isSending && word !== undefined) {
      if (units.isLoading) return wait(t('commandLine.lookingUp', { word }));
      if (units.found.length === 0) return say(t('commandLine.noUnit', { word }));
    }
    const fresh = firstDraft(act, of, presets);
    const begun = isSending && word === undefined && first !== undefined ? withSuggestion(fresh, first) : fresh;
    const cases = new Map(
      words.flatMap((text) => {
        if (!/^\d{1,24}$/.test(text)) return [];
        const merged = of.merged.filter(({ caseId }) => caseId.endsWith(text.padStart(4, '0')));
        const ids = act === 'unmerge' ? merged.map(({ caseId }) => caseId) : rowsOf(text, of.id);
        return ids.length === 1 ? [[text, ids[0] ?? ''] as const] : [];
      }),
    );
    const from = { unit: units.unit?.code ?? null, reasons, parties, cases, now: instant(now()) };
    const draft = fillDraft(act, withReason(act, begun), words, from);
    const choices =
      isSending && word !== undefined && units.found.length > 1
        ? units.found.slice(0, MOST_CHOICES).map(({ code, name, parentName }) => ({
            id: code,
            name,
            note: [parentName, code].filter(Boolean).join(' '),
            line: line.replace(word, code),
          }))
        : [];
    if (isSending && word !== undefined && units.unit === null) {
      return { ...say(t('commandLine.severalUnits', { word, count: units.found.length })), choices };
    }
    const sentence = [head, ...detailsOf(act, draft, suggested)].join(' · ');
    if (!isComplete(act, draft)) {
      const missing = missingFields(act, draft).map((name) => t(`acts.fields.${name}`));
      return {
        ...{ choices, isWaiting: false, effect: { kind: 'form', action: act, id: of.id } },
        sentence: `${sentence} · ${t('commandLine.missing', { fields: missing.join('、') })}`,
      };
    }
    const needsConfirm = irreversible.has(act);
    return {
      sentence,
      choices,
      isWaiting: false,
      effect: { kind: 'act', action: act, detail: of, draft, needsConfirm },
    };
  }

  function rowsOf(digits: string, besides: string): readonly string[] {
    return casesEndingWith(digits, live.rows.values())
      .map(({ id }) => id)
      .filter((id) => id !== besides);
  }

  /** Reports of the same trouble are merged for that reason; other words replace it. */
  function withReason(act: CaseAct, draft: Draft): Draft {
    return act === 'merge' ? { ...draft, text: { ...draft.text, reason: t('commandLine.sameCause') } } : draft;
  }

  function detailsOf(act: CaseAct, draft: Draft, { suggestions }: Suggested): readonly string[] {
    const text = (name: Parameters<typeof textOf>[1]) => textOf(draft, name);
    const parts: string[] = [];
    if (sendingActs.has(act) && text('unit') !== '') {
      const more = draft.orders.length === 0 ? '' : ` ${t('acts.plusOrders', { count: draft.orders.length })}`;
      parts.push(`→ ${names.unit(text('unit'))}${more}`);
      const limit = suggestions.find(({ lead }) => lead.unit === text('unit'))?.limit;
      if (limit !== undefined && limit.value > 0) {
        const key = `acts.suggestions.units.${limit.unit}` as 'acts.suggestions.units.minute';
        parts.push(t('acts.suggestions.limit', { limit: t(key, { value: limit.value }) }));
      }
      parts.push(t('commandLine.recallable'));
    }
    if (act === 'merge' && text('ids') !== '') parts.push(text('ids'));
    if (act === 'supervise')
      parts.push(
        t('commandLine.level', { level: text('level') }),
        t(`acts.answerIn.${text('answerBy')}` as 'acts.answerIn.hours2'),
      );
    if (act === 'request_suspension' && text('until') !== '')
      parts.push(t('commandLine.until', { day: text('until') }));
    for (const name of ['reason', 'opinion', 'words', 'result', 'condition', 'reply', 'contactResult'] as const) {
      if (text(name) !== '') parts.push(t('commandLine.quote', { text: text(name) }));
    }
    return parts;
  }

  function say(sentence: string): Plan {
    return { ...nothing, sentence };
  }

  function wait(sentence: string): Plan {
    return { ...nothing, sentence, isWaiting: true };
  }
}

/** What the host says of the acts that a verb may stand for. */
function offersOf(acts: readonly CaseAct[], detail: CaseDetail | null) {
  if (detail === null) return [];
  return acts.flatMap((action) => {
    const offer = detail.actions.find((one) => one.action === action);
    return offer === undefined ? [] : [{ action, refusal: offer.refusal }];
  });
}

/** Last four digits and class. */
function headOf({ id, className }: Pick<CaseRow, 'id' | 'className'>): string {
  return `${id.slice(-4)} ${className}`;
}
