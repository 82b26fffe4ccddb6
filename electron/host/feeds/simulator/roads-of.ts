import { z } from '#contract/schema.ts';
import type { DistrictMap } from '#contract/grid.ts';
import type { Road } from '#domain/simulation/city.ts';

const RoadFeature = z.object({
  properties: z.object({ kind: z.literal('road'), name: z.string() }),
  geometry: z.object({
    type: z.literal('LineString'),
    coordinates: z.array(z.tuple([z.number(), z.number()])).min(2),
  }),
});
const Context = z.object({ features: z.array(z.unknown()) });

/** Roads of a district's drawing context; none where it has no context, or features that are no roads. */
export function roadsOf(context: DistrictMap['context']): readonly Road[] {
  const parsed = Context.safeParse(context);
  if (!parsed.success) return [];
  return parsed.data.features.flatMap((feature) => {
    const road = RoadFeature.safeParse(feature);
    return road.success ? [{ name: road.data.properties.name, line: road.data.geometry.coordinates }] : [];
  });
}
