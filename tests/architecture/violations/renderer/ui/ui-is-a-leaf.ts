import '../state/fine.ts';
