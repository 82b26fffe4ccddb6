import '../features/dispatch/fine.ts';
