import '../../state/fine.ts';
