import type { JournalReport } from '#contract/health.ts';
import type { Head } from './journal.ts';

/** A head that is known from elsewhere: the journal must have reached it, and hold that hash there. */
export interface Anchor extends Head {
  /** Where it is known from, for people. */
  readonly from: string;
}

/** A case whose row is not what the journal says. `columns` are those that differ; none if the row is not there, or too much. */
export interface TableDifference {
  readonly kind: 'different' | 'missing' | 'extra';
  readonly caseId: string;
  readonly columns: readonly string[];
}

/** `damaged`: bytes are not as they were written. `other`: of another version of the program, or another journal. */
export type UnusableTables = 'absent' | 'damaged' | 'other';

/** The search tables beside the journal. `sequence` is the entry they were written behind. */
export type ProjectionReport =
  | { readonly state: UnusableTables }
  | {
      readonly state: 'compared';
      readonly sequence: number;
      readonly cases: number;
      readonly differences: readonly TableDifference[];
    };

/** `changed`: its content is not what its name says. `misnamed`: no attachment has such a name. */
export interface AttachmentProblem {
  /** Below the folder of attachments. */
  readonly path: string;
  readonly kind: 'changed' | 'misnamed' | 'unreadable';
}

export interface AttachmentsReport {
  readonly files: number;
  readonly bytes: number;
  readonly problems: readonly AttachmentProblem[];
}

/** `changed`: bytes are not as they were written. `out_of_order`: the line does not follow the one before it. */
export interface AuditProblem {
  readonly file: string;
  /** 1 for the first line of the file. */
  readonly line: number;
  readonly kind: 'changed' | 'out_of_order';
}

/** The record of acts on the host itself; `sequence` and `hash` are those of its last entry. */
export interface AuditReport {
  readonly entries: number;
  readonly sequence: number;
  readonly hash: string;
  readonly problems: readonly AuditProblem[];
}

/**
 * What an entry names and is not there: a photo by its hash, the key or the sealed record of a person by its reference.
 * `sequence` and `caseId` are those of the first entry that names it.
 */
export interface MissingThing {
  readonly kind: 'photo' | 'person_key' | 'person_record';
  readonly name: string;
  readonly sequence: number;
  readonly caseId: string;
}

/** What entries name beside the journal: how often photos, how many people who were not erased. */
export interface NamedReport {
  readonly photos: number;
  readonly people: number;
  /** The first 1,000, in the order of the journal. */
  readonly missing: readonly MissingThing[];
  readonly missingCount: number;
}

/** Accepted versions of the district; `damaged` names files that are not as they were accepted. */
export interface DistrictsReport {
  readonly files: number;
  readonly damaged: readonly string[];
}

/** Inventories of components; `damaged` names files that are not as they were kept. */
export interface ComponentsReport {
  readonly files: number;
  readonly damaged: readonly string[];
}

/** Registered base maps; `damaged` names files that are not as they were written, keys among them. */
export interface BaseMapsReport {
  readonly files: number;
  readonly damaged: readonly string[];
}

/** The record of alarms; `damaged` names files with a line that is not as it was written, or not in its place. */
export interface AlarmsReport {
  readonly files: number;
  readonly damaged: readonly string[];
}

/** The record of shifts and the forms that were signed; `damaged` names files that are not as they were written, or not there. */
export interface ShiftReport {
  readonly files: number;
  readonly handovers: number;
  readonly damaged: readonly string[];
}

/** What was found in a data folder. */
export interface FolderReport {
  readonly ok: boolean;
  readonly folder: string;
  /** A host ran on it meanwhile. */
  readonly isRunning: boolean;
  readonly journal: JournalReport;
  readonly projection: ProjectionReport;
  /** Null: there is no folder of attachments. */
  readonly attachments: AttachmentsReport | null;
  readonly named: NamedReport;
  /** Null: no district was accepted. */
  readonly districts: DistrictsReport | null;
  /** Null: no components were imported. */
  readonly components: ComponentsReport | null;
  /** Null: no base map was registered. */
  readonly baseMaps: BaseMapsReport | null;
  /** Null: no briefing was ever made. */
  readonly briefings: { readonly files: number; readonly damaged: readonly string[] } | null;
  /** Null: the wall was never set up, and has counted nothing. */
  readonly wall: { readonly files: number; readonly damaged: readonly string[] } | null;
  /** Null: there is no record of alarms. */
  readonly alarms: AlarmsReport | null;
  /** Null: nobody ever signed on, or wrote for a handover. */
  readonly shift: ShiftReport | null;
  /** Null: there is no record of acts. */
  readonly audit: AuditReport | null;
}
