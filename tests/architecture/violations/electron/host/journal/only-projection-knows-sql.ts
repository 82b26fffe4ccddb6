import 'sql.js';
