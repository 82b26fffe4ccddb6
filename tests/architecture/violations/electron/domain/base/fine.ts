import type { Later } from './later.ts';

export type Fine = Later | 'fine';
export const fine: Fine = 'fine';
