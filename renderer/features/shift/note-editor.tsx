import { useCallback, useEffect, useRef, useState } from 'react';
import type { WireError } from '#contract/errors.ts';
import { useClient } from '#renderer/client/hooks.tsx';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import { Field } from '#renderer/ui/field.tsx';
import styles from './shift.module.css';

/** What is typed goes to the host after so long a pause, and when the field is left. */
const PAUSE_MS = 700;
const MOST = 2_000;

/**
 * The note of a line, or of the whole handover. It says whether the host has it; what could not be kept stays in the field. To be
 * keyed by what it belongs to.
 */
export function NoteEditor({
  noteKey,
  label,
  saved,
  isFocused,
}: {
  readonly noteKey: string;
  readonly label: string;
  readonly saved: string;
  /** Takes the focus when it appears. */
  readonly isFocused: boolean;
}) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const client = useClient();
  const [text, setText] = useState(saved);
  const [error, setError] = useState<WireError | null>(null);
  // As it was typed: the host masks numbers.
  const [kept, setKept] = useState(saved.trim());
  const latest = useRef({ text: saved, kept });
  const keep = useCallback(async () => {
    const typed = latest.current.text;
    if (typed.trim() === latest.current.kept) return;
    const outcome = await client.call('shift.write', { key: noteKey, text: typed });
    if (outcome.ok) {
      latest.current = { ...latest.current, kept: typed.trim() };
      setKept(typed.trim());
    }
    setError(outcome.ok ? null : outcome.error);
  }, [client, noteKey]);
  useEffect(() => {
    latest.current = { ...latest.current, text };
    const timer = setTimeout(() => void keep(), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, keep]);
  // Whoever closes the page of the handover right after a word has it kept as well.
  useEffect(() => () => void keep(), [keep]);
  const isKept = text.trim() === kept;
  return (
    <div className={styles.editor}>
      <Field
        label={label}
        isMultiline
        autoFocus={isFocused}
        value={text}
        onChange={setText}
        onBlur={() => void keep()}
        maxLength={MOST}
      />
      <p className={styles.faint} role="status">
        {error === null ? (isKept ? t('shift.kept') : t('shift.keeping')) : errorWords(error).title}
      </p>
    </div>
  );
}
