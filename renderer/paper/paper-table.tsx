import type { Block } from '#domain/briefing/document.ts';
import { FigureIds, type OpenFigure } from './figure-ids.tsx';
import { PaperLevel } from './paper-level.tsx';
import styles from './paper.module.css';

type Table = Extract<Block, { readonly kind: 'table' }>;

/** A table whose head stands again on each page that it reaches. */
export function PaperTable({ table, onFigure }: { readonly table: Table; readonly onFigure?: OpenFigure }) {
  const { caption, columns, rows, figures, isOnNewPage } = table;
  return (
    <table
      className={isOnNewPage ? styles.newPage : rows.length <= 10 ? styles.whole : undefined}
      data-dense={columns.length >= 7}
    >
      <caption>
        {caption}
        <FigureIds ids={figures} {...(onFigure === undefined ? {} : { onFigure })} />
      </caption>
      <colgroup>
        {columns.map(({ title, widthMm }) => (
          <col key={title} style={widthMm === null ? {} : { width: `${widthMm}mm` }} />
        ))}
      </colgroup>
      <thead>
        <tr>
          {columns.map(({ title, isNumber }) => (
            <th key={title} scope="col" data-number={isNumber}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ cells, isSum, level }, at) => (
          <tr key={at} data-sum={isSum}>
            {cells.map((cell, column) => {
              const isNumber = columns[column]?.isNumber ?? false;
              if (column === 0 && level === null) {
                return (
                  <th key={column} scope="row" data-number={isNumber}>
                    {cell}
                  </th>
                );
              }
              return (
                <td key={column} data-number={isNumber}>
                  {column === 0 && level !== null ? <PaperLevel level={level} /> : cell}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
