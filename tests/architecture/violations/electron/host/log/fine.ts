import 'node:path';
import type { ReactNode } from 'react';
import { z } from '#contract/schema.ts';
import { port } from '#host/ports/fine.ts';

export type Shown = ReactNode;
export const schema = z.literal(port);
