export const statement = 'SELECT id FROM cases';
