/** Words. */
export const mergeZh = {} as const;
