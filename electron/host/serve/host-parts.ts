import type { Health } from '#contract/health.ts';
import type { DecideContext } from '#domain/case/decision.ts';
import type { CaseState } from '#domain/case/state.ts';
import type { DispatchRecord } from '#domain/dispatch/dispatch-record.ts';
import type { EarlyWarnings } from '#domain/warnings/early-warnings.ts';
import type { Alarms } from '#host/ports/alarms.ts';
import type { Attachments } from '#host/ports/attachments.ts';
import type { Audit } from '#host/ports/audit.ts';
import type { Backups } from '#host/ports/backup.ts';
import type { BaseMaps } from '#host/ports/base-maps.ts';
import type { Briefings } from '#host/ports/briefings.ts';
import type { Cases } from '#host/ports/cases.ts';
import type { Clock } from '#host/ports/clock.ts';
import type { Commands } from '#host/ports/commands.ts';
import type { ComponentImports, ComponentStore } from '#host/ports/components.ts';
import type { DistrictLab } from '#host/ports/district-lab.ts';
import type { LoadedDistrict } from '#host/ports/district.ts';
import type { Figures } from '#host/ports/figures.ts';
import type { Foresight } from '#host/ports/foresight.ts';
import type { Forces } from '#host/ports/forces.ts';
import type { History } from '#host/ports/history.ts';
import type { Imports } from '#host/ports/imports.ts';
import type { Journal } from '#host/ports/journal.ts';
import type { People } from '#host/ports/people.ts';
import type { Projection } from '#host/ports/projection.ts';
import type { SameCause } from '#host/ports/same-cause.ts';
import type { Shift } from '#host/ports/shift.ts';
import type { Simulation } from '#host/ports/simulation.ts';
import type { MovesOf, Tables } from '#host/ports/tables.ts';
import type { Wall } from '#host/ports/wall.ts';
import type { Handles } from './handles.ts';
import type { RevealLimit } from './reveal-limit.ts';

/** What handlers are made over. */
export interface HostParts {
  readonly commands: Commands;
  readonly cases: Cases;
  readonly history: History;
  readonly journal: Journal;
  readonly projection: Projection;
  readonly sameCause: SameCause;
  readonly district: LoadedDistrict;
  readonly tables: Tables;
  /** What adopting tables would do to the clocks of open cases. */
  readonly movesOf: MovesOf;
  /** The rules in force, as `decide` gets them. */
  readonly reference: () => Pick<DecideContext, 'rules' | 'units'>;
  /** What became of past dispatches. */
  readonly dispatchRecord: DispatchRecord;
  readonly warnings: EarlyWarnings;
  /** Code of the second-level area that holds a case's place. */
  readonly townshipOf: (found: CaseState) => string | null;
  readonly alarms: Alarms;
  readonly figures: Figures;
  readonly foresight: Foresight;
  readonly forces: Forces;
  readonly components: ComponentStore;
  readonly componentImports: ComponentImports;
  readonly imports: Imports;
  readonly lab: DistrictLab;
  readonly audit: Audit;
  readonly backups: Backups;
  readonly baseMaps: BaseMaps;
  readonly briefings: Briefings;
  readonly wall: Wall;
  readonly shift: Shift;
  readonly simulation: Simulation;
  readonly attachments: Attachments;
  readonly handles: Handles;
  readonly people: People;
  readonly reveals: RevealLimit;
  readonly clock: Clock;
  readonly health: () => Health;
  /** A new command id. */
  readonly newId: () => string;
}
