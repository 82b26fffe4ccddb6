import type { FiguresCasesGot, FiguresRow, FiguresTableGot } from '#contract/figures.ts';
import type { WireError } from '#contract/errors.ts';
import { moment } from '#renderer/i18n/format.ts';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import { useNow } from '#renderer/state/use-live.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Empty } from '#renderer/ui/empty.tsx';
import { figureText, partsText, scoreText, askedIndicators } from './score-columns.ts';
import type { ChosenNumber } from './use-scorecard.ts';
import styles from './scorecard.module.css';

interface Props {
  readonly row: FiguresRow;
  readonly name: string;
  readonly table: FiguresTableGot;
  readonly chosen: ChosenNumber | null;
  readonly cases: { readonly value: FiguresCasesGot | null; readonly error: WireError | null };
  readonly onPart: (part: ChosenNumber['part']) => void;
  readonly onOpenCase: (id: string) => void;
}

/** What the score of one group is made of, and the cases behind the number that was chosen. */
export function ScoreDetail({ row, name, table, chosen, cases, onPart, onOpenCase }: Props) {
  const { t, language } = useWords();
  const grade = table.scheme?.grades.find(({ code }) => code === row.score?.grade);
  const parts = (table.scheme?.weights ?? []).flatMap(({ indicator, weight }) => {
    const column = askedIndicators.findIndex((id) => id === indicator);
    const figure = row.figures[column];
    return figure === undefined ? [] : [{ id: askedIndicators[column] ?? 'reported', weight, figure }];
  });
  return (
    <aside className={styles.detail} aria-label={t('scorecard.detail')}>
      <header>
        <h3>{name}</h3>
        {row.score?.rank == null ? null : <span>{t('scorecard.rankOf', { rank: row.score.rank })}</span>}
        {grade === undefined ? null : <span>{language === 'en' ? grade.en : grade.zh}</span>}
        <b>{scoreText(row.score?.score)}</b>
      </header>
      {parts.length === 0 ? null : (
        <table className={styles.parts}>
          <thead>
            <tr>
              <th scope="col">{t('scorecard.part')}</th>
              <th scope="col">n / d</th>
              <th scope="col">%</th>
              <th scope="col">{t('scorecard.weight')}</th>
              <th scope="col">{t('scorecard.points')}</th>
            </tr>
          </thead>
          <tbody>
            {parts.map(({ id, weight, figure }) => (
              <tr key={id}>
                <th scope="row">{t(`scorecard.indicators.${id}`)}</th>
                <td>{partsText(figure)}</td>
                <td>{figureText(figure)}</td>
                <td>{weight.toFixed(2)}</td>
                <td>{figure.value === null ? '—' : (figure.value * weight * 100).toFixed(3)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {chosen === null ? (
        <p className={styles.hint}>{t('scorecard.chooseNumber')}</p>
      ) : (
        <CaseList chosen={chosen} cases={cases} onPart={onPart} onOpenCase={onOpenCase} />
      )}
    </aside>
  );
}

const partNames = ['n', 'rest', 'd'] as const;

function CaseList({
  chosen,
  cases,
  onPart,
  onOpenCase,
}: Pick<Props, 'cases' | 'onPart' | 'onOpenCase'> & { readonly chosen: ChosenNumber }) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const now = useNow(60_000);
  const { value, error } = cases;
  const isShare = chosen.indicator.endsWith('_rate');
  return (
    <section className={styles.cases} aria-label={t('scorecard.cases')}>
      <h4>
        {chosen.name} {t(`scorecard.indicators.${chosen.indicator}`)}
        {value === null ? null : <span>{t('scorecard.caseCount', { count: value.count })}</span>}
      </h4>
      {isShare ? (
        <div className={styles.partChoice} role="group" aria-label={t('scorecard.whichCases')}>
          {partNames.map((part) => (
            <Button key={part} size="small" kind="quiet" isPressed={chosen.part === part} onPress={() => onPart(part)}>
              {t(`scorecard.parts.${part}`)}
            </Button>
          ))}
        </div>
      ) : null}
      {error !== null ? <Empty title={errorWords(error).title} hint={errorWords(error).remedy} /> : null}
      {value?.count === 0 ? <Empty title={t('scorecard.noCases')} /> : null}
      <ul>
        {value?.rows.map(({ id, row }) => (
          <li key={id}>
            <Button size="small" kind="quiet" onPress={() => onOpenCase(id)}>
              <span className={styles.caseId}>{id}</span>
              <span className={styles.caseText}>
                {row === null ? t('scorecard.unread') : `${row.className} ${row.address}`}
              </span>
              <span className={styles.caseTime}>{row === null ? '' : moment(row.reportedAt, now)}</span>
            </Button>
          </li>
        ))}
      </ul>
      {value !== null && value.after !== null ? (
        <p className={styles.hint}>{t('scorecard.firstCases', { count: value.rows.length })}</p>
      ) : null}
    </section>
  );
}
