import { useEffect, useMemo, useState } from 'react';
import { useChoice, useDesk, useIsPast } from '#renderer/state/desk-context.tsx';
import { useLiveVersion } from '#renderer/state/use-live.ts';
import { fittingCases, held, letIn, type Listed } from './case-order.ts';

/**
 * The live list. While `isHeld` (pointer or focus in it, or scrolled) nothing moves; a changed filter or order always
 * lets everything in, and so does each instant of the past: the list is that of the map.
 */
export function useListed(isHeldNow: boolean): { readonly listed: Listed; readonly letAllIn: () => void } {
  const { live, areas, now } = useDesk();
  const isPast = useIsPast();
  const isHeld = isHeldNow && !isPast;
  const version = useLiveVersion();
  const filter = useChoice((state) => state.filter);
  const order = useChoice((state) => state.order);
  const choice = useMemo(() => ({ filter, order }), [filter, order]);
  const [shown, setShown] = useState<{ readonly listed: Listed; readonly choice: typeof choice | null }>({
    listed: { rows: [], arrived: 0 },
    choice: null,
  });

  useEffect(() => {
    const fitting = fittingCases(live, choice, areas, now());
    setShown((before) => {
      const mayMove = !isHeld || before.choice !== choice || before.listed.rows.length === 0;
      return { listed: mayMove ? letIn(fitting) : held(before.listed, fitting, live), choice };
    });
  }, [live, areas, now, choice, isHeld, isPast, version]);

  return {
    listed: shown.listed,
    letAllIn: () => setShown({ listed: letIn(fittingCases(live, choice, areas, now())), choice }),
  };
}
