import { useState } from 'react';
import { GridList, GridListItem } from 'react-aria-components';
import type { HandoverForm, HandoverLine } from '#contract/shift.ts';
import type { LineKind } from '#domain/shift/handover-lines.ts';
import { count } from '#renderer/i18n/format.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { Button } from '#renderer/ui/button.tsx';
import { LevelMark } from '#renderer/ui/level-mark.tsx';
import { caseDigits, useLineWords } from './use-line-words.ts';
import styles from './shift.module.css';

/** So many lines of a kind are drawn at first; the rest is one press away, and on the slip in any case. */
const DRAWN = 100;

/** One kind of lines. Space marks a line 已知悉, Enter opens its case, the arrow to the right leads to its note. */
export function LineList({
  kind,
  form,
  isOpen,
  onMark,
  onNote,
  onCase,
}: {
  readonly kind: LineKind;
  readonly form: HandoverForm;
  /** Not signed by both: lines can be marked. */
  readonly isOpen: boolean;
  readonly onMark: (keys: readonly string[], isKnown: boolean) => void;
  readonly onNote: ((key: string) => void) | null;
  readonly onCase: (id: string) => void;
}) {
  const { t } = useWords();
  const [isWhole, setWhole] = useState(false);
  const own = form.lines.filter((line) => line.kind === kind);
  const drawn = isWhole ? own : own.slice(0, DRAWN);
  const known = new Set(form.known);
  const total = form.counts[kind] ?? own.length;
  const marked = own.filter(({ key }) => known.has(key)).map(({ key }) => key);
  const mark = (keys: 'all' | ReadonlySet<string | number>) => {
    const wanted = keys === 'all' ? new Set<string | number>(drawn.map(({ key }) => key)) : keys;
    const added = drawn.filter(({ key }) => wanted.has(key) && !known.has(key)).map(({ key }) => key);
    const taken = drawn.filter(({ key }) => !wanted.has(key) && known.has(key)).map(({ key }) => key);
    if (added.length > 0) onMark(added, true);
    if (taken.length > 0) onMark(taken, false);
  };
  return (
    <section className={styles.section} aria-label={t(`shift.kinds.${kind}`)}>
      <header>
        <h3>{t(`shift.kinds.${kind}`)}</h3>
        <b>{count(total)}</b>
        {own.length === 0 ? null : (
          <span className={styles.faint}>{t('shift.knownOf', { known: marked.length, of: own.length })}</span>
        )}
        {total > own.length ? (
          <span className={styles.faint}>{t('shift.listed', { listed: own.length, total: count(total) })}</span>
        ) : null}
      </header>
      {own.length === 0 ? null : (
        <GridList
          aria-label={t('shift.linesOf', { kind: t(`shift.kinds.${kind}`) })}
          className={styles.lines ?? ''}
          items={drawn.map((line) => ({ id: line.key, line }))}
          dependencies={[form, isOpen, onNote, t]}
          selectionMode={isOpen ? 'multiple' : 'none'}
          selectedKeys={marked}
          onSelectionChange={mark}
          escapeKeyBehavior="none"
          onAction={(key) => {
            const found = own.find((line) => line.key === key);
            if (found?.caseId != null) onCase(found.caseId);
          }}
        >
          {({ line }) => <LineRow line={line} form={form} isKnown={known.has(line.key)} onNote={onNote} />}
        </GridList>
      )}
      {drawn.length < own.length ? (
        <Button kind="quiet" size="small" onPress={() => setWhole(true)}>
          {t('shift.showRest', { rest: own.length - drawn.length })}
        </Button>
      ) : null}
    </section>
  );
}

function LineRow({
  line,
  form,
  isKnown,
  onNote,
}: {
  readonly line: HandoverLine;
  readonly form: HandoverForm;
  readonly isKnown: boolean;
  readonly onNote: ((key: string) => void) | null;
}) {
  const { t } = useWords();
  const words = useLineWords();
  const note = form.notes.find(({ key }) => key === line.key)?.text;
  const name = words.nameOf(line);
  return (
    <GridListItem
      id={line.key}
      textValue={[caseDigits(line.caseId), name, words.placeOf(line), words.whatOf(line)].join(' ')}
      className={styles.line ?? ''}
    >
      <span className={styles.known} aria-hidden="true" title={isKnown ? t('shift.known') : t('shift.unknown')}>
        {isKnown ? '✓' : ''}
      </span>
      <LevelMark level={line.level} {...(line.level === null ? {} : { label: t(`levels.level${line.level}`) })} />
      <b className={styles.digits}>{caseDigits(line.caseId)}</b>
      <span className={styles.name} title={name}>
        {name}
        {note === undefined ? null : <span className={styles.lineNote}>{note}</span>}
      </span>
      <span className={styles.place}>{words.placeOf(line)}</span>
      <span className={styles.what}>
        {words.whatOf(line)}
        {line.isNew && (line.kind === 'overdue' || line.kind === 'risk') ? (
          <span className={styles.tag}>{t('shift.isNew')}</span>
        ) : null}
      </span>
      <span className={styles.time}>{words.timeOf(line, form)}</span>
      {onNote === null ? null : (
        <Button
          kind="quiet"
          size="small"
          aria-label={t('shift.noteOn', { name: `${caseDigits(line.caseId)} ${name}`.trim() })}
          onPress={() => onNote(line.key)}
        >
          {t('shift.note')}
        </Button>
      )}
    </GridListItem>
  );
}
