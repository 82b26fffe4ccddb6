/** The simulator's switch. `off`: started without one. */
export interface Simulation {
  state(): 'off' | 'running' | 'paused';
  readonly speed: number;
  readonly ratePerHour: number;
  setRunning(isRunning: boolean): void;
  /** Resolves when nothing that was begun is under way. */
  drained(): Promise<void>;
  /** Stops for good and waits for what is under way. */
  close(): Promise<void>;
}
