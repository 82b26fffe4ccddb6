/** A table in `resources/tables` that can't be used; the message names file, row or field, and fault. */
export class TableProblem extends Error {}
