import { createRequire } from 'node:module';
import initSqlJs, { type SqlJsConfig, type SqlJsStatic } from 'sql.js';

/** SQLite as WebAssembly, with its own functions only: sql.js's old `sqrt`, `median` … give names a second meaning. */
export function loadEngine(): Promise<SqlJsStatic> {
  const wasmFile = createRequire(import.meta.url).resolve('sql.js/dist/sql-wasm.wasm');
  const config: SqlJsConfig & { readonly useOldExtensionFunctions: boolean } = {
    locateFile: () => wasmFile,
    useOldExtensionFunctions: false,
  };
  return initSqlJs(config);
}
