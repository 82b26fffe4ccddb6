/** Words. */
export const rulesZh = {} as const;
