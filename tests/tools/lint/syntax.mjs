/**
 * A rule as the linter calls it: one function per kind of node. Nodes are ESTree's.
 *
 * @typedef {{ report(finding: { readonly node: any, readonly message: string }): void }} Context
 * @typedef {{ create(context: Context): Readonly<Record<string, (node: any) => void>> }} Rule
 */

/**
 * The name of a member, written with a dot or as a string in brackets; null when it is computed.
 *
 * @param {any} node a MemberExpression
 * @returns {string | null}
 */
export function memberName({ property, computed }) {
  if (!computed) return property.type === 'Identifier' ? property.name : null;
  return property.type === 'Literal' && typeof property.value === 'string' ? property.value : null;
}
