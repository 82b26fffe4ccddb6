/** The simulator's switch. `off`: started without one. */
export interface Simulation {
  state(): 'off' | 'running' | 'paused';
  readonly speed: number;
  readonly ratePerHour: number;
  setRunning(isRunning: boolean): void;
  /** Stops for good and waits for what is under way. */
  close(): Promise<void>;
}
