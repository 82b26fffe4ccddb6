const han = /\p{Script=Han}+/u;

/**
 * Words on screen come from the message catalogs, so that one place holds them all. Comments may use the words of the
 * trade.
 *
 * @type {import('./syntax.mjs').Rule}
 */
export const noChineseInScreens = {
  create(context) {
    const look = (/** @type {any} */ node, /** @type {string} */ text) => {
      const [found] = han.exec(text) ?? [];
      if (found !== undefined) context.report({ node, message: `${found} belongs into renderer/i18n` });
    };
    return {
      Literal(node) {
        if (typeof node.value === 'string') look(node, node.value);
      },
      TemplateElement(node) {
        look(node, node.value.raw);
      },
      JSXText(node) {
        look(node, node.value);
      },
    };
  },
};
