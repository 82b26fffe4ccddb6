/** Kinds of wall scenes: 日常监控 · 夜间 · 应急指挥 · 汇报展示 · 专题 (desk-wall-briefing.md §9.12). */
export const sceneKinds = ['watch', 'night', 'incident', 'review', 'topic'] as const;
export type SceneKind = (typeof sceneKinds)[number];

/**
 * What a display shows. `incident` without a case shows the gravest open one; `topic` is one class, one area, or one class
 * in one area. No scene holds words of a person: names come from the tables.
 */
export type WallScene =
  | { readonly kind: 'watch' }
  | { readonly kind: 'night' }
  | { readonly kind: 'review' }
  | { readonly kind: 'incident'; readonly caseId: string | null }
  | { readonly kind: 'topic'; readonly classCode: string | null; readonly area: string | null };

/** The scene that `--wall SCENE` names; a topic and a case can't be named there. */
export const startScenes = ['watch', 'night', 'incident', 'review'] as const;
export type StartScene = (typeof startScenes)[number];

export function sceneOf(name: StartScene): WallScene {
  return name === 'incident' ? { kind: 'incident', caseId: null } : { kind: name };
}
