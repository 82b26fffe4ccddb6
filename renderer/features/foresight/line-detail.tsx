import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import { moment } from '#renderer/i18n/format.ts';
import { useDesk } from '#renderer/state/desk-context.tsx';
import { useNow } from '#renderer/state/use-live.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Empty } from '#renderer/ui/empty.tsx';
import { expectedText, type Line, type LinePlace } from './foresight-lines.ts';
import { useLineCases } from './use-foresight.ts';
import type { LineWords } from './use-line-words.ts';
import styles from './foresight.module.css';

/** So many cases are listed; the number says how many there are. */
const MOST_CASES = 100;

/** Why a line is listed, how it compares, and the cases behind it; a proactive task can be filed from it. */
export function LineDetail({
  line,
  words,
  place,
}: {
  readonly line: Line;
  readonly words: LineWords;
  readonly place: LinePlace | null;
}) {
  const { t } = useWords();
  const { store } = useDesk();
  const { where, what, why } = words;
  const canFile = line.kind === 'burst' || line.kind === 'spot' || line.kind === 'repeat';
  const file = () =>
    store.setState({
      dialog: 'report',
      picked: place?.at == null ? null : { lon: place.at[0], lat: place.at[1] },
      draft: {
        classKey: classKeyOf(line),
        description: t('foresight.fileText', {
          ...{ kind: t(`foresight.kinds.${line.kind}`), where, class: what, why: why[0] ?? '' },
        }),
        address: where,
      },
    });
  return (
    <aside className={styles.detail} aria-label={t('foresight.why')}>
      <h3>
        {where} <span>{what}</span>
      </h3>
      <Compared line={line} />
      {why.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <p className={styles.quiet}>{t(place === null ? 'foresight.noPlace' : 'foresight.onMap')}</p>
      {canFile ? (
        <div className={styles.file}>
          <Button kind="primary" size="small" onPress={file}>
            {t('foresight.file')}
          </Button>
          <span className={styles.quiet}>{t('foresight.fileHint')}</span>
        </div>
      ) : null}
      <CaseList line={line} />
    </aside>
  );
}

/** The class of what is filed, by the key of the form; that of a spot is the one with most reports there. */
function classKeyOf(line: Line): string | null {
  if (line.kind === 'variant') return null;
  const { item } = line;
  const key = item.kind === 'burst' || item.kind === 'repeat' ? item.class.key : null;
  return (item.kind === 'spot' ? (item.classes[0]?.key ?? null) : key)?.replace(':', ' ') ?? null;
}

/** What was seen beside what was expected, as bars from zero. */
function Compared({ line }: { readonly line: Line }) {
  const { t } = useWords();
  if (line.kind === 'variant' || (line.item.kind !== 'burst' && line.item.kind !== 'spot')) return null;
  const { kind, seen, expected } = line.item;
  const most = Math.max(seen, expected, 1);
  const bar = (name: string, value: number, text: string) => (
    <div className={styles.bar}>
      <dt>{name}</dt>
      <dd>
        <span style={{ width: `${(value / most) * 100}%` }} data-seen={value === seen} />
        <b>{text}</b>
      </dd>
    </div>
  );
  return (
    <dl className={styles.bars}>
      {bar(t('foresight.seen'), seen, String(seen))}
      {bar(t(kind === 'burst' ? 'foresight.expected' : 'foresight.usual'), expected, expectedText(expected))}
    </dl>
  );
}

function CaseList({ line }: { readonly line: Line }) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const { store } = useDesk();
  const now = useNow(60_000);
  const { value, error } = useLineCases(line.cases.slice(0, MOST_CASES));
  return (
    <section className={styles.cases} aria-label={t('foresight.cases')}>
      <h4>
        {t('foresight.cases')} <span>{t('foresight.countOf', { count: line.count })}</span>
      </h4>
      {error === null ? null : <Empty title={errorWords(error).title} hint={errorWords(error).remedy} />}
      <ul>
        {value?.rows.map(({ id, row }) => (
          <li key={id}>
            <Button size="small" kind="quiet" onPress={() => store.setState({ selectedId: id, dialog: null })}>
              <span className={styles.caseId}>{id}</span>
              <span className={styles.caseText}>
                {row === null ? t('foresight.unread') : `${row.className} ${row.address}`}
              </span>
              <span className={styles.caseTime}>{row === null ? '' : moment(row.reportedAt, now)}</span>
            </Button>
          </li>
        ))}
      </ul>
      {value !== null && line.count > value.rows.length ? (
        <p className={styles.quiet}>{t('foresight.firstCases', { count: value.rows.length })}</p>
      ) : null}
    </section>
  );
}
