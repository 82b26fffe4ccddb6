import type { AlarmTypeRow } from '#domain/alarms/alarm-type.ts';
import type { ScoringScheme } from '#domain/metrics/scoring.ts';
import type { Instant } from '#domain/base/instant.ts';
import type { ClassRef } from '#domain/case/state.ts';
import type { ClassTable } from '#domain/coding/class-table.ts';
import type { Unit, UnitDirectory } from '#domain/dispatch/units.ts';
import type { Limit } from '#domain/sla/limit.ts';
import type { WorkCalendar } from '#domain/sla/work-calendar.ts';
import type { Day } from './day.ts';
import type { Policies } from './policies.ts';
import type {
  CallbackAnswerRow,
  DutyRow,
  EndorsementRow,
  LimitClock,
  PersonRow,
  Post,
  ReasonAction,
  ReasonRow,
  SupervisingPartyRow,
  TicketClassRow,
  TimeClassRow,
} from './rows.ts';
import type { TableName } from './table-names.ts';

/** Which limit is asked for. `condition` is that of a {@link LimitInForce} of the class, null while none was chosen. */
export interface LimitQuery {
  readonly record: 'case' | 'ticket';
  readonly clock: LimitClock;
  readonly classRef: Pick<ClassRef, 'standardRef' | 'kind' | 'code'> | null;
  readonly timeClass: string | null;
  readonly condition: string | null;
  readonly day: Day;
}

/** A limit as an event keeps it: what counts, and the version and row it came from. */
export interface LimitInForce {
  readonly limit: Limit;
  readonly version: string;
  readonly row: number;
  readonly condition: string;
  readonly closeCondition: string;
  readonly isDefault: boolean;
  readonly isPlaceholder: boolean;
  readonly source: string;
}

/** A place as the responsibilities see it. */
export interface DutyQuery {
  readonly record: 'case' | 'ticket';
  readonly classRef: Pick<ClassRef, 'standardRef' | 'kind' | 'code'>;
  /** Code of the finest area that holds the place, or of a coarser one; null outside the district. */
  readonly areaCode: string | null;
  readonly at: Instant;
}

/** A unit that a responsibility leads to, and why it is another than the one the row names. */
export interface DutyUnit {
  readonly unit: Unit;
  /** As the row says: a code or a role word. */
  readonly asked: string;
  /** The unit that the row meant and that was not in force, null if `unit` is the very one. */
  readonly standsInFor: string | null;
  readonly because: 'successor' | 'managing_township' | 'parent' | 'no_such_office' | null;
}

/** A responsibility in force at a place and time; the first of several is the one to suggest. */
export interface DutyInForce {
  readonly duty: DutyRow;
  readonly version: string;
  readonly lead: DutyUnit;
  readonly co: readonly DutyUnit[];
  /** Who holds the post in the lead unit; null when nobody does: the order goes to the unit. */
  readonly person: PersonRow | null;
  /** Overrides the limit table. */
  readonly limit: Limit | null;
}

/**
 * The tables in force, as the rules ask them. A value: adopting a table makes a new one, and whoever holds the old one
 * goes on with it. Methods never throw for a day; what no row answers is null or empty.
 */
export interface ReferenceTables {
  /** Versions by table name, for journal entries (decision 0007, 5). */
  readonly versions: Readonly<Record<TableName, string>>;
  readonly classes: ClassTable;
  readonly calendar: WorkCalendar;
  readonly units: UnitDirectory;
  readonly policies: Policies;
  readonly people: People;
  /**
   * The limit that counts. Of the rows in force that fit, the one with the longest class code, then with a kind, a
   * standard, a time class; then the one of `condition`, else the default. There is always one: a table without a row
   * for every class and day of each clock is refused.
   */
  limitFor(query: LimitQuery): LimitInForce;
  /** The conditions 立案条件 among which the acceptor chooses for a class, with their limits; the default first. */
  conditionsFor(query: Omit<LimitQuery, 'condition'>): readonly LimitInForce[];
  /** Responsibilities in force, most exact first: by area, then class code, then hours. Empty when none fits. */
  dutiesFor(query: DutyQuery): readonly DutyInForce[];
  /** Whether the class may be dispatched before it is registered, and stands first. */
  isUrgentClass(classRef: Pick<ClassRef, 'standardRef' | 'kind' | 'code'>, day: Day): boolean;
  reasonsFor(action: ReasonAction, day: Day): readonly ReasonRow[];
  /** Undefined for a code that is not in force for that action. */
  reason(action: ReasonAction, code: string, day: Day): ReasonRow | undefined;
  /** 四时段 in their order. */
  timeClasses(day: Day): readonly TimeClassRow[];
  ticketClasses(day: Day): readonly TicketClassRow[];
  /** The time class of a ticket class: its own, else that of the nearest class above; null if none has one. */
  timeClassOf(ticketClassCode: string, day: Day): string | null;
  callbackAnswers(question: CallbackAnswerRow['question'], day: Day): readonly CallbackAnswerRow[];
  /** The scoring scheme 考核方案 in force; null where none is. */
  scoring(day: Day): ScoringScheme | null;
  supervisingParties(day: Day): readonly SupervisingPartyRow[];
  /** 管控: why this class must not be reported at a place now; null if it may. */
  blackout(classRef: Pick<ClassRef, 'kind' | 'code'>, areaCode: string | null, at: Instant): string | null;
  /** Types of alarms 告警 (A1). */
  alarmTypes(day: Day): readonly AlarmTypeRow[];
  /** Steps of 逐级批示 in order: those of the township and time class, else the general ones. */
  endorsementChain(township: string, timeClass: string, day: Day): readonly EndorsementRow[];
}

/** Persons in posts. */
export interface People {
  person(id: string, day: Day): PersonRow | undefined;
  inUnit(unit: string, day: Day): readonly PersonRow[];
  /** Holders of a post in a unit, or of a grid; whoever left is not among them. */
  holders(unit: string, post: Post, day: Day): readonly PersonRow[];
  /**
   * Who acts for a person on a day: the person, else another holder of the post in the unit, else nobody (the order
   * goes to the unit). Undefined for an id that no row has.
   */
  actingFor(id: string, day: Day): { readonly person: PersonRow | null; readonly unit: string } | undefined;
}
