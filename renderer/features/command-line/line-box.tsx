import { useEffect, useId, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import { commands, keyOf, type CommandId } from '#renderer/actions/commands.ts';
import { useRunCommand } from '#renderer/actions/use-command.tsx';
import { useWords } from '#renderer/i18n/use-words.ts';
import { useIsPast } from '#renderer/state/desk-context.tsx';
import { Kbd } from '#renderer/ui/kbd.tsx';
import { findCommands } from './find-commands.ts';
import { readLine } from './read-line.ts';
import { usePlan, type Effect } from './use-plan.ts';
import styles from './command-line.module.css';

interface Listed {
  readonly id: string;
  readonly name: string;
  readonly note: string;
  readonly key: string;
  readonly isOff: boolean;
  readonly take: () => void;
}

/** The field, the effect beside it, and what there is to choose above or below it. */
export function LineBox({
  text,
  onText,
  inputRef,
  history,
  isAbove,
  onRun,
  onLeave,
}: {
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly inputRef: RefObject<HTMLInputElement | null>;
  /** Lines that were carried out, oldest first. */
  readonly history: RefObject<readonly string[]>;
  /** The list opens upwards. */
  readonly isAbove: boolean;
  /** Carries a line out; a text says why it was refused. */
  readonly onRun: (effect: Effect, line: string) => Promise<string | null>;
  readonly onLeave: () => void;
}) {
  const { t } = useWords();
  const runCommand = useRunCommand();
  const isPast = useIsPast();
  const [hasFocus, setFocus] = useState(false);
  const [marked, setMarked] = useState(0);
  const [back, setBack] = useState(0);
  const [problem, setProblem] = useState<string | null>(null);
  const [isConfirming, setConfirming] = useState(false);
  const [isSending, setSending] = useState(false);
  // Enter that was quicker than the host: carried out once the effect is known.
  const [isEarly, setEarly] = useState(false);
  const sent = useRef('');
  const listId = useId();
  const listRef = useRef<HTMLUListElement>(null);
  const reading = readLine(text);
  const plan = usePlan(text, reading);

  const change = (next: string) => {
    onText(next);
    setMarked(0);
    setBack(0);
    setProblem(null);
    setConfirming(false);
    setEarly(false);
  };
  const listed: readonly Listed[] = reading.kind === 'palette' ? commandRows(reading.text) : choiceRows();
  const isOpen = hasFocus && listed.length > 0;
  const mark = Math.min(marked, listed.length - 1);

  const carryOut = async () => {
    const { effect } = plan;
    // The next line may be written while this one is on its way; pressed twice, Enter sends once.
    if (isSending) return text === sent.current ? undefined : setEarly(true);
    if (plan.isWaiting) return setEarly(true);
    if (effect === null) return setProblem(plan.sentence === '' ? t('commandLine.nothing') : plan.sentence);
    if (effect.kind === 'act' && effect.needsConfirm && !isConfirming) return setConfirming(true);
    sent.current = text;
    setSending(true);
    setProblem(await onRun(effect, text));
    setSending(false);
    setConfirming(false);
  };
  const latest = useRef(carryOut);
  useEffect(() => {
    latest.current = carryOut;
  });
  useEffect(() => {
    if (!isEarly || plan.isWaiting || isSending) return;
    setEarly(false);
    void latest.current();
  }, [isEarly, plan.isWaiting, isSending]);
  useEffect(() => {
    listRef.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [mark, isOpen]);

  const keyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const digit = event.altKey && /^Digit[1-9]$/.test(event.code) ? Number(event.code.slice(5)) : null;
    const isListed = isOpen && (reading.kind === 'palette' || plan.effect === null);
    if (digit !== null && isOpen && reading.kind !== 'palette') listed[digit - 1]?.take();
    else if (event.key === 'Enter') {
      const row = listed[mark];
      if (isListed && row !== undefined) take(row);
      else void carryOut();
    } else if (event.key === 'Escape') onLeave();
    else if (isOpen && (event.key === 'ArrowDown' || event.key === 'ArrowUp') && reading.kind !== 'empty') {
      const step = event.key === 'ArrowDown' ? 1 : listed.length - 1;
      setMarked((mark + step) % listed.length);
    } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') recallLine(event.key === 'ArrowUp' ? 1 : -1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const take = (row: Listed) => {
    if (row.isOff) setProblem(t('commandLine.past'));
    else row.take();
  };
  const recallLine = (step: number) => {
    const lines = history.current;
    const at = Math.max(0, Math.min(lines.length, back + step));
    change(at === 0 ? '' : (lines[lines.length - at] ?? ''));
    setBack(at);
  };

  const said = problem ?? (isConfirming ? `${plan.sentence} · ${t('commandLine.confirm')}` : plan.sentence);
  return (
    <div className={styles.box} data-focus={hasFocus}>
      <Kbd>{keyOf('command_line')}</Kbd>
      <input
        ref={inputRef}
        className={styles.input}
        type="text"
        role="combobox"
        aria-label={t('commandLine.label')}
        aria-expanded={isOpen}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-describedby={`${listId}-effect`}
        aria-invalid={problem !== null}
        {...(isOpen ? { 'aria-activedescendant': `${listId}-${mark}` } : {})}
        autoComplete="off"
        spellCheck={false}
        placeholder={t('commandLine.placeholder')}
        value={text}
        onChange={(event) => change(event.target.value)}
        onKeyDown={keyDown}
        onFocus={() => setFocus(true)}
        onBlur={() => setFocus(false)}
      />
      <span className={styles.effect} id={`${listId}-effect`} data-problem={problem !== null}>
        {said === '' ? null : (
          <>
            {plan.effect === null || problem !== null ? null : (
              <span className={styles.will}>{t('commandLine.will')}</span>
            )}
            <b role={problem === null ? 'status' : 'alert'}>{isSending ? t('acts.sending') : said}</b>
            {plan.effect === null || problem !== null ? null : <Kbd>Enter</Kbd>}
          </>
        )}
      </span>
      <ul
        ref={listRef}
        id={listId}
        role="listbox"
        aria-label={t('commandLine.choices')}
        className={styles.list}
        data-above={isAbove}
        hidden={!isOpen}
      >
        {listed.map((row, index) => (
          <li
            key={row.id}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === mark}
            aria-disabled={row.isOff}
            className={styles.row}
            // The keyboard stays in the field.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => take(row)}
          >
            <span className={styles.rowKey}>{row.key === '' ? null : <Kbd>{row.key}</Kbd>}</span>
            <b>{row.name}</b>
            <span className={styles.rowNote}>{row.note}</span>
          </li>
        ))}
      </ul>
    </div>
  );

  function choiceRows(): readonly Listed[] {
    return plan.choices.map(({ id, name, note, line }, index) => ({
      ...{ id, name, note, isOff: false },
      key: `Alt+${index + 1}`,
      take: () => {
        change(line);
        inputRef.current?.focus();
      },
    }));
  }

  function commandRows(typed: string): readonly Listed[] {
    return findCommands(typed, titleOf).map(({ id, key, title, isAct }) => ({
      ...{ id, key, name: title },
      note: isAct && isPast ? t('commandLine.past') : '',
      isOff: isAct && isPast,
      take: () => {
        change('');
        onLeave();
        // The place that has the keyboard again is asked, as by the key itself.
        queueMicrotask(() => runCommand(id));
      },
    }));
  }

  function titleOf(id: CommandId): string {
    const words = commands.find((command) => command.id === id)?.words ?? 'shortcuts.sheet';
    return t(words);
  }
}
