import { resolve } from 'node:path';

/** Executable that prints as Chromium does, without one: see the file. */
export const fakeChromium = resolve(import.meta.dirname, 'fake-chromium.mjs');
