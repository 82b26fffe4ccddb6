import { useEffect, useRef, useState, type FormEvent, type KeyboardEvent } from 'react';
import type { CaseDetail, Receipt } from '#contract/cases.ts';
import type { Suggestion } from '#contract/dispatch.ts';
import type { WireError } from '#contract/errors.ts';
import { useClient } from '#renderer/client/hooks.tsx';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import { Button } from '#renderer/ui/button.tsx';
import { usePhotoDrafts } from '#renderer/photos/use-photo-drafts.ts';
import type { PhotoForm } from '#renderer/photos/photo-drafts.ts';
import { Notice } from '#renderer/ui/notice.tsx';
import { ActField } from './act-fields.tsx';
import {
  fieldOfError,
  firstDraft,
  formShapes,
  irreversible,
  isComplete,
  missingFields,
  sendingActs,
  withSuggestion,
  type Draft,
  type FieldName,
} from '#renderer/acts/act-draft.ts';
import type { CaseAct } from '#renderer/acts/next-actions.ts';
import { sendAct } from '#renderer/acts/send-act.ts';
import { SuggestionList } from './suggestion-list.tsx';
import { usePresets } from '#renderer/acts/use-presets.ts';
import type { Suggested } from '#renderer/acts/use-suggestions.ts';
import styles from './act-form.module.css';

/** By then a closing menu has given the focus back. */
const MENU_CLOSES_MS = 60;

/** The short form of one act. Enter sends, Esc cancels; what was typed stays until it is recorded. */
export function ActForm({
  detail,
  action,
  suggested,
  onDone,
  onCancel,
}: {
  readonly detail: CaseDetail;
  readonly action: CaseAct;
  readonly suggested: Suggested;
  readonly onDone: (receipt: Receipt) => void;
  readonly onCancel: () => void;
}) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const client = useClient();
  const presets = usePresets(detail, suggested);
  const formRef = useRef<HTMLFormElement>(null);
  const hasSuggestions = sendingActs.has(action);
  const [written, setDraft] = useState<Draft>(() => firstDraft(action, detail, presets));
  const photos = usePhotoDrafts(photoFormOf(action));
  const draft = { ...written, photos: photos.list };
  const takesPhotos = formShapes[action].some((spec) => spec.name === 'photos');
  const [isTouched, setTouched] = useState(false);
  const [focusOn] = useState(() => firstFocus(action, draft));
  const [phase, setPhase] = useState<'edit' | 'confirm' | 'sending'>('edit');
  const [error, setError] = useState<WireError | null>(null);
  const commandId = useRef(crypto.randomUUID());
  const name = t(`actions.${action}`);
  // Somebody else may have done it, or something else, since the form was opened.
  const refusal = detail.actions.find((offer) => offer.action === action)?.refusal ?? null;
  const canSend = isComplete(action, draft) && phase !== 'sending' && refusal === null;

  // Another text is another command: the id of an unanswered one would get the receipt of its old text.
  const change = (part: Partial<Draft>) => {
    commandId.current = crypto.randomUUID();
    setTouched(true);
    setPhase('edit');
    setDraft((before) => ({ ...before, ...part }));
  };

  useEffect(() => {
    if (photos.list.length === 0) return;
    commandId.current = crypto.randomUUID();
    setTouched(true);
  }, [photos.list]);

  // What tables and suggestions bring later fills a form that nobody has touched yet.
  const [first] = suggested.suggestions;
  useEffect(() => {
    if (isTouched || refusal !== null) return;
    const fresh = firstDraft(action, detail, presets);
    setDraft(hasSuggestions && first !== undefined ? withSuggestion(fresh, first) : fresh);
  }, [isTouched, refusal, action, detail, presets, hasSuggestions, first]);

  const take = (suggestion: Suggestion) => {
    change(withSuggestion(draft, suggestion));
    formRef.current?.querySelector<HTMLInputElement>('[data-field=opinion] input')?.focus();
  };
  useEffect(() => {
    if (phase === 'confirm') formRef.current?.querySelector<HTMLElement>('[role=alertdialog] button')?.focus();
  }, [phase]);

  const send = async () => {
    if (!canSend) return;
    if (irreversible.has(action) && phase === 'edit') return setPhase('confirm');
    setPhase('sending');
    setError(null);
    const on = { id: detail.id, expectedVersion: detail.version, commandId: commandId.current };
    const outcome = await sendAct(client, action, on, draft);
    setPhase('edit');
    if (outcome.ok) return onDone(outcome.value);
    setError(outcome.error);
  };
  // Enters that are quicker than the suggestions: the first one takes what comes first, the second one sends it.
  const earlyEnters = useRef(0);
  useEffect(() => {
    if (earlyEnters.current === 0 || first === undefined) return;
    earlyEnters.current -= 1;
    if (isTouched) void send();
    else take(first);
  });
  useEffect(() => {
    if (hasSuggestions && suggested.isLoading) formRef.current?.focus();
    else focusInside(formRef.current, focusOn);
    // A menu that closes gives the focus back to its button, which is gone by then.
    const timer = setTimeout(() => {
      if (document.activeElement === document.body) focusInside(formRef.current, focusOn);
    }, MENU_CLOSES_MS);
    return () => clearTimeout(timer);
    // Only when the form opens.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send();
  };
  const keyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
    if (event.key === 'Enter' && event.target === formRef.current) earlyEnters.current += 1;
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    if (phase !== 'confirm') return onCancel();
    setPhase('edit');
    focusInside(formRef.current, focusOn);
  };

  const wrongField = error === null ? null : fieldOfError(action, draft, error);
  useEffect(() => {
    if (wrongField === null) return;
    formRef.current?.querySelector(`[data-field=${wrongField}]`)?.scrollIntoView({ block: 'nearest' });
  }, [wrongField]);
  const wrongText = error === null ? null : `${errorWords(error).title} ${errorWords(error).remedy}`;
  return (
    <form
      ref={formRef}
      className={styles.form}
      aria-label={name}
      tabIndex={-1}
      onSubmit={submit}
      onKeyDown={keyDown}
      {...(takesPhotos ? photos.intake : {})}
    >
      <h3 className={styles.title}>{name}</h3>
      <div className={styles.fields}>
        {hasSuggestions && refusal === null ? (
          <div className={styles.whole}>
            <SuggestionList suggested={suggested} taken={draft.text.unit ?? ''} onTake={take} />
          </div>
        ) : null}
        {formShapes[action].map((spec) => (
          <div key={spec.name} className={styles.cell} data-field={spec.name}>
            <ActField
              {...{ detail, action, spec, draft, suggested, photos }}
              onChange={change}
              problem={wrongField === spec.name ? wrongText : null}
              autoFocus={spec.name === focusOn && (!hasSuggestions || isWithoutSuggestions(suggested))}
            />
          </div>
        ))}
      </div>
      {refusal === null ? null : (
        <Notice kind="problem" title={errorWords(refusal).title}>
          {errorWords(refusal).remedy}
        </Notice>
      )}
      {error === null || wrongField !== null || refusal !== null ? null : (
        <Notice kind="problem" title={errorWords(error).title}>
          {error.code === 'unavailable' ? t('case.unknownOutcome') : errorWords(error).remedy}
        </Notice>
      )}
      {phase === 'confirm' ? (
        <div className={styles.buttons} role="alertdialog" aria-label={t('acts.confirmTitle', { action: name })}>
          <b>{t('acts.confirmTitle', { action: name })}</b>
          <Button
            onPress={() => {
              setPhase('edit');
              focusInside(formRef.current, focusOn);
            }}
          >
            {t('acts.cancel')}
          </Button>
          <Button onPress={() => void send()}>{t('acts.confirm', { action: name })}</Button>
          <span className={styles.hint}>{t('acts.confirmHint')}</span>
        </div>
      ) : (
        <div className={styles.buttons}>
          <Button type="submit" kind="primary" isDisabled={!canSend}>
            {phase === 'sending' ? t('acts.sending') : t('acts.submit', { action: name })}
          </Button>
          <Button onPress={onCancel}>{t('acts.cancel')}</Button>
          <span className={styles.hint}>{t('acts.keyHint')}</span>
        </div>
      )}
    </form>
  );
}

/** Parts that Enter opens: what is chosen there already needs no look. */
const openedByEnter: ReadonlySet<FieldName> = new Set(['order', 'supervision', 'party', 'target', 'mergedId', 'steps']);

/** What photos of an act are usually of. */
function photoFormOf(action: CaseAct): PhotoForm {
  return action === 'verify' || action === 'handle' ? action : 'check';
}

/** Where the keyboard begins: at what is missing, else where Enter sends; undefined is the button that sends. */
function firstFocus(action: CaseAct, draft: Draft): FieldName | undefined {
  const [missing] = missingFields(action, draft);
  return missing ?? formShapes[action].find(({ name }) => !openedByEnter.has(name))?.name;
}

/** Puts the keyboard into a form: where it is already, else at the named part, else at the button that sends. */
function focusInside(form: HTMLFormElement | null, field: FieldName | undefined): void {
  const isInside = form?.querySelector(`[data-field] :focus, [role=listbox]:focus-within`) !== null;
  if (form === null || isInside) return;
  const first =
    field === undefined ? null : form.querySelector<HTMLElement>(`[data-field=${field}] :is(input, button)`);
  (first ?? form.querySelector<HTMLElement>('button[type=submit]'))?.focus();
}

function isWithoutSuggestions({ isLoading, suggestions }: Suggested): boolean {
  return !isLoading && suggestions.length === 0;
}
