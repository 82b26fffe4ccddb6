import type { CaseState } from './state.ts';

/** 突发/紧急: its handling is limited in hours that never stop, or its time class is the first of the 四时段. */
export function isUrgentCase({ handleClock, side }: CaseState): boolean {
  return side.ticket?.timeClass === 'emergency' || (side.ticket === null && handleClock?.taken.unit === 'urgent_hour');
}
