import { noAmbientValues } from './no-ambient-values.mjs';
import { noChineseInScreens } from './no-chinese-in-screens.mjs';
import { rawIpcInItsFiles } from './raw-ipc-in-its-files.mjs';
import { sqlInProjection } from './sql-in-projection.mjs';

/** Rules of this house that no linter brings along; `.oxlintrc.json` says where each one holds. */
export default {
  meta: { name: 'house' },
  rules: {
    'no-ambient-values': noAmbientValues,
    'no-chinese-in-screens': noChineseInScreens,
    'raw-ipc-in-its-files': rawIpcInItsFiles,
    'sql-in-projection': sqlInProjection,
  },
};
