import './log/fine.ts';
import './projection/fine.ts';
