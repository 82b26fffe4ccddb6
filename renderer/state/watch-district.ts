import type { Client } from '#renderer/client/client.ts';
import type { TimeMachine } from './time-machine.ts';

export interface DistrictWatch {
  readonly client: Pick<Client, 'watch'>;
  /** Id of the district that is shown. */
  readonly shown: string;
  readonly machine: Pick<TimeMachine, 'store'>;
  /** Called once. */
  readonly changed: () => void;
}

/**
 * Tells when the host runs on another district than the one shown (decision 18). Whoever looks at the past is left there: it
 * is told when they come back.
 */
export function watchDistrict({ client, shown, machine, changed }: DistrictWatch): () => void {
  let inForce = shown;
  let isTold = false;
  const look = () => {
    if (isTold || inForce === shown || machine.store.getState().isOn) return;
    isTold = true;
    changed();
  };
  const stopHealth = client.watch(
    'health.watch',
    {},
    {
      reset: () => {},
      apply: (items) => {
        inForce = items.at(-1)?.district ?? inForce;
        look();
      },
      failed: () => {},
    },
  );
  const stopMachine = machine.store.subscribe(look);
  return () => {
    stopHealth();
    stopMachine();
  };
}
