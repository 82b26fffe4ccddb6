import '../log/fine.ts';
