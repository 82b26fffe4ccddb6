import { memberName } from './syntax.mjs';

const rawNames = ['ipcMain', 'ipcRenderer'];
const sending = ['send', 'sendToFrame', 'postMessage'];

/**
 * Raw messages between Electron's processes have one door each: there the sender is checked and the message parsed.
 *
 * @type {import('./syntax.mjs').Rule}
 */
export const rawIpcInItsFiles = {
  create(context) {
    const report = (/** @type {any} */ node, /** @type {string} */ what) =>
      context.report({ node, message: `${what} only in shell-api.ts, host-process.ts and preload` });
    return {
      ImportSpecifier(node) {
        const name = node.imported.type === 'Identifier' ? node.imported.name : node.imported.value;
        const isElectron = node.parent.type === 'ImportDeclaration' && node.parent.source.value === 'electron';
        if (isElectron && rawNames.includes(name)) report(node, name);
      },
      MemberExpression(node) {
        const name = memberName(node);
        if (name !== null && rawNames.includes(name)) report(node, name);
        if (name !== null && sending.includes(name) && isWebContents(node.object)) report(node, `webContents.${name}`);
      },
    };
  },
};

/** @param {any} node */
function isWebContents(node) {
  if (node.type === 'Identifier') return node.name === 'webContents';
  return node.type === 'MemberExpression' && memberName(node) === 'webContents';
}
