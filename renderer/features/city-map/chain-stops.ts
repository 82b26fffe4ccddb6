import type { CaseDetail } from '#contract/cases.ts';
import { isOpen } from '#domain/case/lifecycle.ts';
import type { ChainStop } from '#renderer/map/chain-line.ts';
import type { Areas } from '#renderer/state/areas.ts';

/**
 * The hops of a chain as places on the map: a unit stands at its area's label point, the desk at the label point of the
 * whole district, the last one at the case itself if its own grid has it.
 */
export function chainStops(detail: CaseDetail, areas: Areas, deskName: string): readonly ChainStop[] {
  const deskAt = deskPosition(areas);
  const lastIndex = detail.chain.length - 1;
  return detail.chain.flatMap((hop, index): readonly ChainStop[] => {
    const area = hop.unit === null ? undefined : areas.area(hop.unit);
    const position = hop.unit === null ? deskAt : area?.labelPoint;
    if (position === undefined) return [];
    return [
      {
        label: area?.name ?? deskName,
        position: [position[0], position[1]],
        isCurrent: isOpen(detail.state) && index === lastIndex && hop.endedAt === null,
        isReturn: hop.outcome === 'returned',
      },
    ];
  });
}

function deskPosition(areas: Areas): readonly [number, number] | undefined {
  const top = areas.level(1);
  return top.length === 1 ? top[0]?.labelPoint : undefined;
}
