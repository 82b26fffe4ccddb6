import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import Papa from 'papaparse';
import { maskPersonalNumbers } from '#domain/access/mask.ts';
import type { RowRemark } from '#contract/imports.ts';
import type { FileRow } from './read-rows.ts';

/** Cells that a spreadsheet would run as a formula; signed numbers are none. */
const formula = /^(?:[=@\t\r]|[+-](?![\d.]+$)).*$/s;

export interface RefusedFileOptions {
  readonly path: string;
  readonly columns: readonly string[];
  readonly delimiter: string;
  /** Column of the outside number, which stays as it is; personal numbers in all others are masked. */
  readonly idColumn: number;
}

/**
 * The rows that an import refused, with row number, field and reason behind the columns of the file: it can be mended in
 * a spreadsheet and imported again. The file appears with the first row.
 */
export class RefusedFile {
  readonly #options: RefusedFileOptions;
  #file: FileHandle | null = null;

  constructor(options: RefusedFileOptions) {
    this.#options = options;
  }

  get path(): string {
    return this.#options.path;
  }

  async keep(rows: readonly { readonly row: FileRow; readonly remark: RowRemark }[]): Promise<void> {
    if (rows.length === 0) return;
    const { columns, path } = this.#options;
    if (this.#file === null) {
      await mkdir(dirname(path), { recursive: true });
      this.#file = await open(path, 'w', 0o600);
      await this.#file.write(`\uFEFF${this.#text([[...columns, 'row', 'field', 'reason']])}`);
    }
    await this.#file.write(this.#text(rows.map(({ row, remark }) => this.#cells(row, remark))));
  }

  async close(): Promise<void> {
    await this.#file?.close();
  }

  #cells(row: FileRow, { field, reason }: RowRemark): string[] {
    const { columns, idColumn } = this.#options;
    const cells = row.cells.map((cell, index) => (index === idColumn ? cell : maskPersonalNumbers(cell)));
    const absent = Array.from({ length: Math.max(0, columns.length - cells.length) }, () => '');
    return [...cells, ...absent, String(row.number), field, reason];
  }

  #text(rows: string[][]): string {
    return `${Papa.unparse(rows, { delimiter: this.#options.delimiter, escapeFormulae: formula })}\r\n`;
  }
}
