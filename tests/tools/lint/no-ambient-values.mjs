import { memberName } from './syntax.mjs';

/** What answers differently each time, by the object that offers it. */
const ambient = {
  Date: ['now'],
  Math: ['random'],
  performance: ['now', 'timeOrigin'],
  crypto: ['randomUUID', 'getRandomValues'],
};

/**
 * Time and chance are arguments in the domain: no `Date.now`, `Math.random`, `new Date()` without an argument, `Date()`.
 *
 * @type {import('./syntax.mjs').Rule}
 */
export const noAmbientValues = {
  create(context) {
    const report = (/** @type {any} */ node, /** @type {string} */ what) =>
      context.report({ node, message: `${what} reads time or chance from outside: take it as an argument` });
    return {
      MemberExpression(node) {
        if (node.object.type !== 'Identifier') return;
        const name = memberName(node);
        const names = Object.entries(ambient).find(([object]) => object === node.object.name)?.[1] ?? [];
        if (name !== null && names.includes(name)) report(node, `${node.object.name}.${name}`);
      },
      NewExpression(node) {
        if (node.callee.type === 'Identifier' && node.callee.name === 'Date' && node.arguments.length === 0) {
          report(node, 'new Date()');
        }
      },
      CallExpression(node) {
        if (node.callee.type === 'Identifier' && node.callee.name === 'Date') report(node, 'Date()');
      },
    };
  },
};
