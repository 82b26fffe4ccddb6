import '#host/log/fine.ts';
