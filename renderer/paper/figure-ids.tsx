import { idWords } from './paper-words.ts';
import styles from './paper.module.css';

/** Opens the cases behind a figure. */
export type OpenFigure = (id: string) => void;

/** The numbers of figures in brackets; buttons where they can be opened. */
export function FigureIds({ ids, onFigure }: { readonly ids: readonly string[]; readonly onFigure?: OpenFigure }) {
  if (ids.length === 0) return null;
  if (onFigure === undefined) return <span className={styles.ids}>{idWords(ids)}</span>;
  return (
    <span className={styles.ids}>
      {ids.map((id) => (
        <button key={id} type="button" onClick={() => onFigure(id)}>
          {idWords([id])}
        </button>
      ))}
    </span>
  );
}
