import type { CaseChange } from '#contract/cases.ts';
import type { WireError } from '#contract/errors.ts';
import type { Client } from '#renderer/client/client.ts';
import type { CaseStage } from './case-stage.ts';
import type { CaseDelta } from './live-cases.ts';

/** Whoever draws cases outside React: resolves once a frame that shows the delta was presented. */
export type Drawer = (delta: CaseDelta) => Promise<void>;

/** Where the map registers itself; while nobody draws, batches are acknowledged once they are in the store. */
export class DrawnBy {
  #drawer: Drawer | null = null;

  set(drawer: Drawer | null): void {
    this.#drawer = drawer;
  }

  draw(delta: CaseDelta): Promise<void> {
    return this.#drawer?.(delta) ?? Promise.resolve();
  }
}

export interface CaseWatch {
  readonly client: Client;
  readonly stage: CaseStage;
  readonly failed: (error: WireError) => void;
  /** Called after a whole batch was drawn. */
  readonly drawn?: ((sequence: number) => void) | undefined;
}

/** Feeds the desk with cases from the host. A batch is acknowledged after it is drawn, so the host never runs ahead. */
export function watchCases({ client, stage, failed, drawn }: CaseWatch): () => void {
  return client.watch(
    'cases.watch',
    {},
    {
      reset: () => stage.reset(),
      apply: async (items, about) => {
        const presented = stage.apply(items as readonly CaseChange[], about);
        // Parts of a snapshot follow each other at once; the last one waits for the picture.
        if (!about.isComplete) return;
        await presented;
        drawn?.(about.sequence);
      },
      failed,
    },
  );
}
