import '#tests/support/fine.ts';
