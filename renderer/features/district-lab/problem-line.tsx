import type { DistrictLevelProblem } from '#contract/district.ts';
import { count } from '#renderer/i18n/format.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { sizeText } from './size-text.ts';
import type { ProblemRow } from './problem-rows.ts';
import styles from './district-lab.module.css';

/** One line of the report: a head with its sum, or a problem with codes and size. */
export function ProblemLine({ row }: { readonly row: ProblemRow }) {
  const { t } = useWords();
  switch (row.type) {
    case 'group':
      return <b>{head(row)}</b>;
    case 'file': {
      const { layer, feature, reason, detail } = row.problem;
      const place = feature === null ? t('lab.problems.whole') : t('lab.problems.feature', { feature });
      return (
        <>
          <span className={styles.codes}>
            {layer} {place}
          </span>
          <span className={styles.size}>
            {t([`lab.reasons.${reason}`, reason] as unknown as 'lab.reasons.damaged')} · {detail}
          </span>
        </>
      );
    }
    case 'orphan': {
      const { id, from, isOpen } = row.orphan;
      return (
        <>
          <span className={styles.codes}>{t('lab.problems.orphan', { id, from })}</span>
          {isOpen ? <span className={styles.size}>{t('lab.problems.openCase')}</span> : null}
        </>
      );
    }
    case 'problem': {
      const { squareMetres, widthMetres, isSliver } = row.problem;
      return (
        <>
          <span className={styles.codes}>
            {areasText(row.problem, ({ layer, ...words }) =>
              t('lab.problems.numbered', { ...words, layer: layer === '' ? '' : `${layer} ` }),
            )}
          </span>
          {squareMetres === 0 ? null : (
            <span className={styles.size}>
              {isSliver ? <i className={styles.tag}>{t('lab.problems.sliver')}</i> : null}{' '}
              {t('lab.problems.size', { area: sizeText(squareMetres), width: sizeText(widthMetres) })}
            </span>
          )}
        </>
      );
    }
  }

  function head({ group, level, count: places, shown }: Extract<ProblemRow, { type: 'group' }>): string {
    if (group === 'file') return t('lab.problems.groupFile', { number: count(places) });
    if (group === 'orphans') return t('lab.problems.groupOrphans', { number: count(places) });
    const words = { kind: t(`lab.kinds.${group}`), level, number: count(places), shown: count(shown) };
    return shown < places ? t('lab.problems.groupCut', words) : t('lab.problems.group', words);
  }
}

/** By code where they have one of their own, else by name and number in the file; of a gap in the outermost, its parent. */
function areasText(
  { kind, areas, features, parents }: DistrictLevelProblem,
  numbered: (words: { readonly layer: string; readonly number: number; readonly name: string }) => string,
): string {
  const isByNumber = kind === 'missing-code' || kind === 'duplicate-code' || kind.endsWith('-name');
  const named = features.map((feature, index) => {
    const code = areas[index] ?? '';
    if (code !== '' && !isByNumber) return code;
    return [code, numbered(feature).trim()].filter((part) => part !== '').join(' ');
  });
  if (named.length === 0) return parents.join(' · ');
  // The parent that is not there is what must be mended.
  const missing = kind === 'unknown-parent' ? parents.map((parent) => ` → ${parent}`).join('') : '';
  return named.join(' · ') + missing;
}
