import type { Words } from '../words.ts';
import type { rulesZh } from '../zh-cn/rules.ts';

export const rulesEn: Words<typeof rulesZh> = {};
