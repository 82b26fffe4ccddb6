import { createContext, useContext, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { DistrictMap } from '#contract/grid.ts';
import type { TablesInForce } from '#contract/tables.ts';
import type { Areas } from './areas.ts';
import type { DeskState, DeskStore } from './desk-store.ts';
import type { LiveCases } from './live-cases.ts';

/** What every part of the desk may use once the district is loaded. */
export interface Desk {
  readonly district: DistrictMap;
  readonly areas: Areas;
  readonly tables: TablesInForce;
  readonly live: LiveCases;
  readonly store: DeskStore;
  /** The host's time, epoch milliseconds. */
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
