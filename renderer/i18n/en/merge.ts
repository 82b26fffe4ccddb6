import type { Words } from '../words.ts';
import type { mergeZh } from '../zh-cn/merge.ts';

export const mergeEn: Words<typeof mergeZh> = {};
