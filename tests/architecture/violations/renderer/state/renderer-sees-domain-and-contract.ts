import '#host/ports/fine.ts';
