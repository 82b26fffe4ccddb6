import { useCallback, useEffect, useState } from 'react';
import type { WireError } from '#contract/errors.ts';
import type { HandoverForm } from '#contract/shift.ts';
import { useClient, useConnection } from '#renderer/client/hooks.tsx';

/** The form is asked for again so often while it is open: what falls due moves on. */
const FRESH_MS = 30_000;

export interface ShownForm {
  readonly form: HandoverForm | null;
  readonly error: WireError | null;
}

/** The form of the handover under way, or of a past one by its number; asked for anew when the seat changed (`revision`). */
export function useHandover(number: number | null, revision: number): ShownForm {
  const client = useClient();
  const isOpen = useConnection().state === 'open';
  const [shown, setShown] = useState<ShownForm & { readonly of: number | null }>({ of: null, form: null, error: null });
  const ask = useCallback(
    () => (number === null ? client.call('shift.preview', {}) : client.call('shift.open', { number })),
    [client, number],
  );
  useEffect(() => {
    if (!isOpen) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isLooking = true;
    const look = async () => {
      const outcome = await ask();
      if (!isLooking) return;
      setShown({ of: number, form: outcome.ok ? outcome.value : null, error: outcome.ok ? null : outcome.error });
      if (number === null) timer = setTimeout(() => void look(), FRESH_MS);
    };
    void look();
    return () => {
      isLooking = false;
      clearTimeout(timer);
    };
  }, [ask, isOpen, number, revision]);
  return shown.of === number ? shown : { form: null, error: null };
}
