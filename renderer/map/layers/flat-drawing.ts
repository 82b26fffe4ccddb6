/** For layers that lie in one plane: the later one is above, and no point is looked for by drawing (GM5). */
export const flatDrawing = {
  pickable: false,
  parameters: { depthCompare: 'always', depthWriteEnabled: false },
} as const;
