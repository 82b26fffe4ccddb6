import '#domain/base/fine.ts';
