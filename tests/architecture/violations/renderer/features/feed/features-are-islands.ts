import '../dispatch/fine.ts';
