import 'sql.js';

export const statement = 'SELECT id FROM cases';
