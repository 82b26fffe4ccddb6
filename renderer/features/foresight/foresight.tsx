import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { ForesightGot } from '#contract/foresight.ts';
import { keyOf } from '#renderer/actions/commands.ts';
import { useCommand } from '#renderer/actions/use-command.tsx';
import { fullTime } from '#renderer/i18n/format.ts';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import { useDesk } from '#renderer/state/desk-context.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Empty } from '#renderer/ui/empty.tsx';
import { listTarget } from '#renderer/ui/list-target.ts';
import {
  lineKinds,
  linesOf,
  placeOfLine,
  shownLines,
  type Line,
  type LinePlace,
  type ShownKind,
} from './foresight-lines.ts';
import { LineDetail } from './line-detail.tsx';
import { useForesight } from './use-foresight.ts';
import { useLineWords } from './use-line-words.ts';
import styles from './foresight.module.css';

const PAGE_ROWS = 10;
const kinds = ['all', ...lineKinds] as const;
/** What the figures at the right of a list are. */
const headOf = {
  all: 'seenExpected',
  burst: 'seenExpected',
  spot: 'seenExpected',
  repeat: 'cases',
  ping_pong: 'cases',
  worst_hop: 'lost',
  variant: 'share',
} as const satisfies Record<ShownKind, string>;

/** 预警 and 未诉先办, above list and case and beside the map, which marks what is looked at. */
export function Foresight({
  mapShare,
  onPlace,
  onClose,
}: {
  /** Per cent of the width that the map has, at the right. */
  readonly mapShare: number;
  readonly onPlace: (place: LinePlace | null) => void;
  readonly onClose: () => void;
}) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const { value: foreseen, error } = useForesight();
  useCommand('back', () => {
    onClose();
    return true;
  });
  return (
    <section className={styles.tool} aria-label={t('foresight.title')} style={{ width: `${100 - mapShare}%` }}>
      <header className={styles.head}>
        <h2>{t('foresight.title')}</h2>
        {foreseen?.rules.isPlaceholder === true ? (
          <span className={styles.tag}>{t('foresight.placeholder')}</span>
        ) : null}
        {foreseen?.isYoung === true ? <span className={styles.tag}>{t('foresight.young')}</span> : null}
        {foreseen?.isWhole === false ? <span className={styles.tag}>{t('foresight.notWhole')}</span> : null}
        <span className={styles.end}>
          <Button size="small" shortcut={keyOf('back')} onPress={onClose}>
            {t('foresight.close')}
          </Button>
        </span>
      </header>
      {foreseen === null ? (
        <Empty
          title={error === null ? t('foresight.loading') : errorWords(error).title}
          {...(error === null ? {} : { hint: errorWords(error).remedy })}
        />
      ) : (
        <Workbench foreseen={foreseen} onPlace={onPlace} />
      )}
    </section>
  );
}

function Workbench({
  foreseen,
  onPlace,
}: {
  readonly foreseen: ForesightGot;
  readonly onPlace: (place: LinePlace | null) => void;
}) {
  const { t } = useWords();
  const { areas } = useDesk();
  const wordsOf = useLineWords();
  const [kind, setKind] = useState<ShownKind>('all');
  const [chosen, setChosen] = useState<string | null>(null);
  const lines = linesOf(foreseen);
  const shown = shownLines(lines, kind);
  const selected = shown.find(({ id }) => id === chosen) ?? shown[0];
  const place = selected === undefined ? null : placeOfLine(selected, (code) => areas.area(code) !== undefined);
  useShown(place, onPlace);
  const { falseAlarms, falseShare, repeatDays } = foreseen.rules;
  return (
    <>
      <nav className={styles.tabs} aria-label={t('foresight.kindsOf')}>
        {kinds.map((id) => (
          <button key={id} type="button" aria-current={id === kind ? 'true' : undefined} onClick={() => setKind(id)}>
            {id === 'all' ? t('foresight.all') : t(`foresight.kinds.${id}`)} <span>{shownLines(lines, id).length}</span>
          </button>
        ))}
      </nav>
      {selected === undefined ? (
        kind === 'all' ? (
          <Empty title={t('foresight.empty')} hint={t('foresight.emptyHint', { days: repeatDays })} />
        ) : (
          <Empty
            title={t('foresight.emptyKind', { kind: t(`foresight.kinds.${kind}`) })}
            hint={t('foresight.emptyKindHint')}
          />
        )
      ) : (
        <div className={styles.panes}>
          <div className={styles.listSide}>
            <p className={styles.heads} aria-hidden="true">
              <span>{t('foresight.heads.place')}</span>
              <span>{t(`foresight.heads.${headOf[kind]}`)}</span>
            </p>
            <LineList
              {...{ lines: shown, selected, foreseen, wordsOf }}
              hasKinds={kind === 'all'}
              onSelect={({ id }) => setChosen(id)}
            />
          </div>
          <LineDetail line={selected} words={wordsOf(selected, foreseen)} place={place} />
        </div>
      )}
      <p className={styles.foot}>
        <span>
          {t('foresight.dataTime', {
            time: fullTime(foreseen.madeAt),
            sequence: foreseen.sequence.toLocaleString('en-US'),
          })}
        </span>
        <span>{t('foresight.budget', { count: falseAlarms, share: Math.round(falseShare * 1_000) / 10 })}</span>
      </p>
    </>
  );
}

/** Marks a place on the map while the list is there. */
function useShown(place: LinePlace | null, onPlace: (place: LinePlace | null) => void): void {
  const show = useRef(onPlace);
  const key = JSON.stringify(place);
  useEffect(() => {
    show.current = onPlace;
  });
  useEffect(() => show.current(JSON.parse(key) as LinePlace | null), [key]);
  useEffect(() => () => show.current(null), []);
}

function LineList({
  lines,
  selected,
  foreseen,
  wordsOf,
  hasKinds,
  onSelect,
}: {
  readonly lines: readonly Line[];
  readonly selected: Line;
  readonly foreseen: ForesightGot;
  readonly wordsOf: ReturnType<typeof useLineWords>;
  readonly hasKinds: boolean;
  readonly onSelect: (line: Line) => void;
}) {
  const { t } = useWords();
  const list = useRef<HTMLDivElement>(null);
  const keyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Enter') {
      list.current?.closest('section')?.querySelector<HTMLElement>('aside button')?.focus();
      event.preventDefault();
      return;
    }
    const target = listTarget(event.key, lines.indexOf(selected), lines.length, PAGE_ROWS);
    const line = target === null ? undefined : lines[target];
    if (line === undefined) return;
    onSelect(line);
    event.preventDefault();
  };
  useEffect(() => list.current?.focus(), []);
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [selected.id]);
  return (
    <div
      ref={list}
      className={styles.list}
      role="listbox"
      tabIndex={0}
      aria-label={t('foresight.list')}
      aria-activedescendant={optionId(selected.id)}
      onKeyDown={keyDown}
    >
      {lines.map((line) => {
        const { where, what, figure } = wordsOf(line, foreseen);
        return (
          <div
            key={line.id}
            id={optionId(line.id)}
            role="option"
            aria-selected={line.id === selected.id}
            className={styles.row}
            onClick={() => onSelect(line)}
          >
            {hasKinds ? <span className={styles.kind}>{t(`foresight.kinds.${line.kind}`)}</span> : null}
            <span className={styles.where}>{where}</span>
            <span className={styles.what}>{what}</span>
            <span className={styles.figure}>{figure}</span>
          </div>
        );
      })}
    </div>
  );
}

function optionId(id: string): string {
  return `foresight-${id.replaceAll(/[^\w:-]/g, '_')}`;
}
