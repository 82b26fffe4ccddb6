const statement = new RegExp(
  [
    String.raw`^\s*(`,
    [
      String.raw`SELECT\s[\s\S]+\sFROM\s`,
      String.raw`INSERT\s+(OR\s+\w+\s+)?INTO\s`,
      String.raw`REPLACE\s+INTO\s`,
      String.raw`UPDATE\s+\w+\s+SET\s`,
      String.raw`DELETE\s+FROM\s`,
      String.raw`(CREATE|DROP|ALTER)\s+(UNIQUE\s+|TEMP\s+|VIRTUAL\s+)*(TABLE|INDEX|VIEW|TRIGGER)\s`,
      String.raw`PRAGMA\s+\w`,
      String.raw`(BEGIN|COMMIT|ROLLBACK)(\s+TRANSACTION)?\s*;?\s*$`,
      String.raw`WITH\s+\w+\s+AS\s*\(`,
    ].join('|'),
    ')',
  ].join(''),
);

/**
 * One folder knows SQL, so that the engine behind it can change. Keywords in capitals at the start of a text make it SQL.
 *
 * @type {import('./syntax.mjs').Rule}
 */
export const sqlInProjection = {
  create(context) {
    const look = (/** @type {any} */ node, /** @type {string} */ text) => {
      if (statement.test(text)) context.report({ node, message: 'SQL belongs into electron/host/projection' });
    };
    return {
      Literal(node) {
        if (typeof node.value === 'string') look(node, node.value);
      },
      TemplateLiteral(node) {
        look(node, node.quasis.map((/** @type {any} */ part) => part.value.raw).join('x'));
      },
    };
  },
};
