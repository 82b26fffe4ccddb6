import { fine } from '#domain/base/fine.ts';

export const port = fine;
