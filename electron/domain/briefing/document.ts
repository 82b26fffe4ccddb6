import type { Day } from '#domain/reference/day.ts';
import type { IndicatorId } from '#domain/metrics/indicators.ts';
import type { StandingPart } from '#domain/metrics/standing.ts';

/** 日报: the day of a district. */
export const briefingKinds = ['daily'] as const;
export type BriefingKind = (typeof briefingKinds)[number];

/** The question that a figure answers: asked again, it gives the cases behind it. Days as in figures, `to` excluded. */
export type FigureQuery =
  | {
      readonly kind: 'indicator';
      readonly indicator: IndicatorId;
      readonly group: 'district' | 'class';
      readonly of: string;
      readonly from: Day;
      readonly to: Day;
    }
  | { readonly kind: 'standing'; readonly part: StandingPart; readonly at: number }
  | { readonly kind: 'case'; readonly id: string };

/** A figure of a document: `id` as printed, 〔D-07〕 without brackets. A figure by township is narrowed to one when it is reopened. */
export interface BriefingFigure {
  readonly id: string;
  readonly label: string;
  /** As printed. */
  readonly value: string;
  readonly query: FigureQuery;
}

export interface TableColumn {
  readonly title: string;
  readonly isNumber: boolean;
  /** Share of the width in millimetres; null is what is left. */
  readonly widthMm: number | null;
}

export interface TableRow {
  readonly cells: readonly string[];
  /** 合计. */
  readonly isSum: boolean;
  /** Attention level whose mark stands before the first cell. */
  readonly level: 1 | 2 | 3 | 4 | null;
}

/** One small line chart; `band` is the usual range of its days, null while too few are known. */
export interface LineSeries {
  readonly name: string;
  readonly values: readonly number[];
  readonly band: readonly [number, number] | null;
}

/** An area of a map: outline as an SVG path in millimetres of a sheet `widthMm` × `heightMm`. */
export interface MapArea {
  readonly code: string;
  readonly name: string;
  readonly path: string;
  readonly label: readonly [number, number];
}

export interface MapSheet {
  readonly widthMm: number;
  readonly heightMm: number;
  readonly areas: readonly MapArea[];
  readonly scale: { readonly km: number; readonly lengthMm: number };
  /** 审图号, or 示意图 where there is none. */
  readonly mark: string;
}

/** What stands on paper, in order. `figures` are ids. Every number of a document is in its texts and cells as it is printed. */
export type Block =
  | { readonly kind: 'section'; readonly title: string; readonly isOnNewPage: boolean }
  | { readonly kind: 'subsection'; readonly title: string }
  | { readonly kind: 'sentence'; readonly text: string; readonly figures: readonly string[] }
  | { readonly kind: 'note'; readonly text: string }
  | {
      readonly kind: 'table';
      /** It begins on a new page: a head alone at the foot of one would be a widow. */
      readonly isOnNewPage: boolean;
      readonly caption: string;
      readonly figures: readonly string[];
      readonly columns: readonly TableColumn[];
      readonly rows: readonly TableRow[];
    }
  | {
      readonly kind: 'lines';
      readonly caption: string;
      readonly hint: string;
      readonly figures: readonly string[];
      /** What the picture says, for those who can't see it. */
      readonly finding: string;
      readonly series: readonly LineSeries[];
      /** Of the values, `11-22`; as many as each series has. */
      readonly days: readonly string[];
    }
  | {
      readonly kind: 'map';
      readonly caption: string;
      readonly hint: string;
      readonly figures: readonly string[];
      readonly finding: string;
      readonly sheet: MapSheet;
      /** By the code of the area. */
      readonly values: Readonly<Record<string, number>>;
      /** Upper ends of the steps of the legend, ascending. */
      readonly steps: readonly number[];
      readonly unit: string;
    }
  | { readonly kind: 'facts'; readonly rows: readonly { readonly name: string; readonly text: string }[] };

/** A briefing as it is printed, without what issuing adds. Made of figures at one sequence of the journal. */
export interface BriefingDocument {
  readonly kind: BriefingKind;
  /** The day it is about. */
  readonly day: Day;
  /** 刊名. */
  readonly masthead: string;
  /** 编发单位. */
  readonly unit: string;
  readonly title: string;
  readonly blocks: readonly Block[];
  readonly figures: readonly BriefingFigure[];
}

/** Gives figures their ids, D-01 and on, in the order in which they are named first. */
export class FigureList {
  readonly #figures: BriefingFigure[] = [];

  /** @returns the id */
  add(label: string, value: string, query: FigureQuery): string {
    const id = `D-${String(this.#figures.length + 1).padStart(2, '0')}`;
    this.#figures.push({ id, label, value, query });
    return id;
  }

  all(): readonly BriefingFigure[] {
    return this.#figures;
  }
}
