import { createContext, useContext, useSyncExternalStore, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { DistrictMap } from '#contract/grid.ts';
import type { TablesInForce } from '#contract/tables.ts';
import type { TableName } from '#domain/reference/table-names.ts';
import type { Areas } from './areas.ts';
import type { DeskState, DeskStore } from './desk-store.ts';
import type { Directory } from './directory.ts';
import type { LiveCases } from './live-cases.ts';
import type { CaseStage } from './case-stage.ts';
import type { ReferenceTables, TableRecord } from './reference.ts';
import type { MachineState, TimeMachine } from './time-machine.ts';

/** What every part of the desk may use once the district is loaded. */
export interface Desk {
  readonly district: DistrictMap;
  readonly areas: Areas;
  readonly tables: TablesInForce;
  /** The cases that are shown: those of now, or of the instant of the past that is shown. */
  readonly live: LiveCases;
  readonly stage: CaseStage;
  readonly machine: TimeMachine;
  readonly directory: Directory;
  readonly reference: ReferenceTables;
  readonly store: DeskStore;
  /** The time that counts on the screen, epoch milliseconds: the host's, or the instant that is shown. */
  readonly now: () => number;
}

const DeskContext = createContext<Desk | null>(null);

export function DeskProvider({ desk, children }: { readonly desk: Desk; readonly children: ReactNode }) {
  return <DeskContext.Provider value={desk}>{children}</DeskContext.Provider>;
}

/** @throws Error outside a {@link DeskProvider} */
export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === null) throw new Error('useDesk needs a DeskProvider above it');
  return desk;
}

/** A part of what the person has chosen; renders again only when that part changes. */
export function useChoice<Part>(part: (state: DeskState) => Part): Part {
  return useStore(useDesk().store, part);
}

/** A part of what the time machine shows; renders again only when that part changes. */
export function useMachine<Part>(part: (state: MachineState) => Part): Part {
  return useStore(useDesk().machine.store, part);
}

/** Whether the past is shown: nothing can be done then. */
export function useIsPast(): boolean {
  return useMachine(({ isOn }) => isOn);
}

/** Names of units and people; renders again when asked-for ones become known. */
export function useDirectory(): Directory {
  const { directory } = useDesk();
  useSyncExternalStore(
    (listener) => directory.onChange(listener),
    () => directory.version,
  );
  return directory;
}

/** Rows in force of a rule table, empty until they are read. */
export function useTable(name: TableName): readonly TableRecord[] {
  const { reference } = useDesk();
  useSyncExternalStore(
    (listener) => reference.onChange(listener),
    () => reference.version,
  );
  return reference.rows(name);
}
