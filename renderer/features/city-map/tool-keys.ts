/** Keys of the tools while the map has the focus. */
export const toolKeys = {
  ...{ layers: 'l', ground: 'g', find: '/', select: 'r', measure: 'd', compare: 'c', follow: 'f', pins: 'n' },
  ...{ list: 'b', picture: 'o' },
} as const;
export type ToolKey = keyof typeof toolKeys;

/** What a person draws on the map with. */
export const drawTools = ['box', 'lasso', 'distance', 'area'] as const;
export type DrawTool = (typeof drawTools)[number];

export function isMeasure(tool: DrawTool): tool is 'distance' | 'area' {
  return tool === 'distance' || tool === 'area';
}
