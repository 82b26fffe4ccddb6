import type { WireError } from '#contract/errors.ts';
import type {
  DistrictAccept,
  DistrictDifference,
  DistrictExamine,
  DistrictPlace,
  DistrictProgress,
  DistrictReport,
  DistrictVersion,
  TriedDistrict,
} from '#contract/district.ts';
import type { Result } from '#domain/base/result.ts';

/** Examination of district files, and their versions (decision 18). One file is in hand at a time. */
export interface DistrictLab {
  examine(request: DistrictExamine): Promise<Result<DistrictReport, WireError>>;
  /** False if no examination with that id runs. */
  cancel(examinationId: string): boolean;
  place(examinationId: string, level: number, problem: number): Promise<Result<DistrictPlace, WireError>>;
  /** What the file in hand would change of the district in force; found once for each file. */
  difference(examinationId: string): Promise<Result<DistrictDifference, WireError>>;
  changePlace(examinationId: string, level: number, change: number): Promise<Result<DistrictPlace, WireError>>;
  /** @throws ProjectionUnavailable when past cases can't be asked for */
  tryOut(examinationId: string, days: number): Promise<Result<TriedDistrict, WireError>>;
  accept(request: DistrictAccept, by: string): Promise<Result<DistrictVersion, WireError>>;
  versions(): readonly DistrictVersion[];
  withdraw(version: string): Promise<Result<readonly DistrictVersion[], WireError>>;
  /** The examination that runs or ran last; null before the first. */
  progress(): DistrictProgress | null;
  onProgress(listener: (progress: DistrictProgress) => void): () => void;
  /** Ends what runs. */
  close(): Promise<void>;
}
