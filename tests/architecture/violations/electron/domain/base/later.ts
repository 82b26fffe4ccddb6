import type { Fine } from './fine.ts';

export type Later = 'later';
export const isLater = (word: Fine): boolean => word === 'later';
