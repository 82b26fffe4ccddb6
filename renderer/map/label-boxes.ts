/** CSS pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const GAP = 9;

/**
 * Where the label of a point may stand: right, left, below or above it, the first place that is inside the picture and
 * free; to the right if none is.
 */
export function labelBox(
  at: { readonly x: number; readonly y: number },
  size: { readonly width: number; readonly height: number },
  taken: readonly Box[],
  picture: { readonly width: number; readonly height: number },
): Box {
  const { width, height } = size;
  const right = { x: at.x + GAP, y: at.y - height / 2, width, height };
  const places = [
    right,
    { ...right, x: at.x - GAP - width },
    { ...right, x: at.x - width / 2, y: at.y + GAP },
    { ...right, x: at.x - width / 2, y: at.y - GAP - height },
  ];
  return places.find((box) => isInside(box, picture) && taken.every((other) => !overlap(box, other))) ?? right;
}

function isInside(box: Box, picture: { readonly width: number; readonly height: number }): boolean {
  return box.x >= 0 && box.y >= 0 && box.x + box.width <= picture.width && box.y + box.height <= picture.height;
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
