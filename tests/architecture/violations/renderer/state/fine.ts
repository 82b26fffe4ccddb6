import 'react';
import '#contract/schema.ts';
import '#domain/base/fine.ts';
