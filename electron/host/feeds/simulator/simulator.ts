import type { Simulation } from '#host/ports/simulation.ts';

export const simulationDefaults = { ratePerHour: 125, speed: 20 };

export function createSimulator(options: {
  isOn: boolean;
  ratePerHour: number;
  speed: number;
  [key: string]: unknown;
}): Simulation & { start(): void } {
  return {
    state: () => 'off',
    speed: options.speed,
    ratePerHour: options.ratePerHour,
    setRunning() {},
    start() {},
    close: () => Promise.resolve(),
  };
}
