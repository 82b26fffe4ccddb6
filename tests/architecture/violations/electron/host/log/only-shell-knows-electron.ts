export type { App } from 'electron';
