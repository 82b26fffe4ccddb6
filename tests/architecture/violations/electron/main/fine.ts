import 'electron';
import type { Fine } from '#domain/base/fine.ts';
import { z } from '#contract/schema.ts';

export const word = z.custom<Fine>();
