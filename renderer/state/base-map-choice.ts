/** A base map that is on; `opacity` is 0.1 … 1. */
export interface ChosenBaseMap {
  readonly id: string;
  readonly opacity: number;
}

/** On top of those that are on, or off. */
export function withBaseMap(chosen: readonly ChosenBaseMap[], id: string, isOn: boolean): readonly ChosenBaseMap[] {
  const others = chosen.filter((one) => one.id !== id);
  return isOn ? [...others, { id, opacity: 1 }] : others;
}

export function withOpacity(chosen: readonly ChosenBaseMap[], id: string, opacity: number): readonly ChosenBaseMap[] {
  return chosen.map((one) => (one.id === id ? { id, opacity: held(opacity) } : one));
}

/** One step down; the lowest stays. */
export function lowered(chosen: readonly ChosenBaseMap[], id: string): readonly ChosenBaseMap[] {
  const at = chosen.findIndex((one) => one.id === id);
  const [below, moved] = [chosen[at - 1], chosen[at]];
  if (below === undefined || moved === undefined) return chosen;
  return [...chosen.slice(0, at - 1), moved, below, ...chosen.slice(at + 1)];
}

/** What was remembered; whatever can't be understood counts as off. */
export function readBaseMaps(content: unknown): readonly ChosenBaseMap[] {
  if (!Array.isArray(content)) return [];
  return content.slice(0, 20).flatMap((one: unknown) => {
    const { id, opacity } = (one ?? {}) as Readonly<Record<string, unknown>>;
    return typeof id === 'string' && typeof opacity === 'number' ? [{ id, opacity: held(opacity) }] : [];
  });
}

function held(opacity: number): number {
  return Math.min(1, Math.max(0.1, opacity));
}
