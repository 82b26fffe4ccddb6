import type { DistrictDifference, DistrictPlace, DistrictReport, TriedDistrict } from '#contract/district.ts';
import type { CoordinateSystem } from '#domain/grid/coordinates/coordinate-system.ts';
import type { TriedCase } from '#domain/grid/tryout/try-out.ts';
import type { DistrictColumns } from '../columns.ts';
import type { DistrictSource } from '../load-district.ts';

/** What the worker is started with: the district in force, which it reads itself. */
export interface LabStart {
  readonly source: DistrictSource;
}

/** What a version says of itself; on the first line of its file. */
export interface VersionAbout {
  /** A day in Beijing. */
  readonly effectiveFrom: string;
  readonly acceptedAt: number;
  readonly acceptedBy: string;
  readonly note: string;
  readonly name: string;
  /** 审图号; empty without one. */
  readonly approvalNumber: string;
  /** Areas of each level, coarsest first. */
  readonly areas: readonly number[];
  readonly problems: number;
}

export type LabQuestion =
  | {
      readonly type: 'examine';
      readonly file: string;
      readonly system: CoordinateSystem | null;
      readonly columns: DistrictColumns | null;
      /** Where all problems go as CSV. */
      readonly reportFile: string;
    }
  | { readonly type: 'place'; readonly level: number; readonly problem: number }
  | { readonly type: 'difference' }
  | { readonly type: 'changePlace'; readonly level: number; readonly change: number }
  | {
      readonly type: 'try';
      readonly cases: readonly TriedCase[];
      readonly isFirst: boolean;
      readonly isLast: boolean;
    }
  | {
      readonly type: 'write';
      readonly file: string;
      readonly about: Omit<VersionAbout, 'areas' | 'problems'>;
    };

export type Examined = Omit<DistrictReport, 'examinationId' | 'isCancelled'>;
export type Tried = Omit<TriedDistrict, 'since' | 'isCut'>;

/** A version's file that lies on the disk, or why no host could start on it. */
export type Written =
  | { readonly kind: 'written'; readonly sha256: string; readonly about: VersionAbout }
  | { readonly kind: 'bad'; readonly problems: readonly string[] };

/** `value` of a question by its type. */
export interface LabAnswers {
  readonly examine: Examined;
  /** Null: there is no such problem. */
  readonly place: DistrictPlace | null;
  readonly difference: DistrictDifference;
  /** Null: there is no such change. */
  readonly changePlace: DistrictPlace | null;
  /** Null until the last cases. */
  readonly try: Tried | null;
  readonly write: Written;
}

export type ToLab = { readonly id: number; readonly question: LabQuestion };

export type LabProgress =
  | { readonly state: 'reading'; readonly bytes: number; readonly totalBytes: number }
  | { readonly state: 'checking'; readonly level: number; readonly levels: number };

export type FromLab =
  | { readonly type: 'answer'; readonly id: number; readonly value: LabAnswers[keyof LabAnswers] }
  /** A fault of ours, or the disk's. */
  | { readonly type: 'unanswered'; readonly id: number; readonly reason: string }
  | { readonly type: 'progress'; readonly progress: LabProgress };
