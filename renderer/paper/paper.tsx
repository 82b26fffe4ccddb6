import './paper-tokens.css';
import type { Briefing } from '#contract/briefings.ts';
import type { Block } from '#domain/briefing/document.ts';
import { PaperLines } from './paper-lines.tsx';
import { PaperMap } from './paper-map.tsx';
import { PaperTable } from './paper-table.tsx';
import { FigureIds, type OpenFigure } from './figure-ids.tsx';
import { dateWords, numberWords, paperWords } from './paper-words.ts';
import styles from './paper.module.css';

/**
 * A briefing as it stands on paper: red head, sections, what it was made of, who signed. The same on the page that is printed and
 * in the preview, where `onFigure` makes the numbers in brackets buttons.
 */
export function Paper({ briefing, onFigure }: { readonly briefing: Briefing; readonly onFigure?: OpenFigure }) {
  const { document, issue } = briefing;
  return (
    <article className={styles.paper} lang="zh-CN">
      {issue === null ? (
        <div className={styles.draft} aria-hidden>
          {paperWords.draft}
        </div>
      ) : null}
      <header className={styles.head}>
        <p className={styles.masthead}>{document.masthead}</p>
        <p className={styles.number}>{numberWords(briefing)}</p>
        <p className={styles.by}>
          <span>{document.unit}</span>
          <span>{dateWords(briefing)}</span>
        </p>
      </header>
      <h1>{document.title}</h1>
      {document.blocks.map((block, at) => (
        <PaperBlock key={at} briefing={briefing} block={block} {...(onFigure === undefined ? {} : { onFigure })} />
      ))}
    </article>
  );
}

function PaperBlock({
  briefing,
  block,
  onFigure,
}: {
  readonly briefing: Briefing;
  readonly block: Block;
  readonly onFigure?: OpenFigure;
}) {
  const open = onFigure === undefined ? {} : { onFigure };
  switch (block.kind) {
    case 'section':
      return <h2 className={block.isOnNewPage ? styles.newPage : undefined}>{block.title}</h2>;
    case 'subsection':
      return <h3>{block.title}</h3>;
    case 'sentence':
      return (
        <p className={styles.sentence}>
          {block.text}
          <FigureIds ids={block.figures} {...open} />
        </p>
      );
    case 'note':
      return <p className={styles.note}>{block.text}</p>;
    case 'table':
      return <PaperTable table={block} {...open} />;
    case 'lines':
      return <PaperLines block={block} {...open} />;
    case 'map':
      return <PaperMap block={block} {...open} />;
    case 'facts':
      return (
        <dl className={styles.facts}>
          {block.rows.map(({ name, text }) => (
            <Fact key={name} name={name} text={text} />
          ))}
          <Signers briefing={briefing} />
        </dl>
      );
  }
}

function Signers({ briefing: { inputsHash, draftedBy, issue } }: { readonly briefing: Briefing }) {
  return (
    <>
      <Fact name={paperWords.inputs} text={`SHA-256 ${inputsHash}`} />
      <Fact name={paperWords.drafted} text={draftedBy?.display ?? paperWords.job} />
      <Fact name={paperWords.approved} text={issue?.approvedBy.display ?? paperWords.pending} />
    </>
  );
}

function Fact({ name, text }: { readonly name: string; readonly text: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{text}</dd>
    </>
  );
}
