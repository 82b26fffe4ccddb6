const test = '\\.test\\.tsx?$';
const npmPackage = (...names) => `(^|/)node_modules/(@types/)?(${names.join('|')})(/|$)`;
const valuesOnly = { dependencyTypesNot: ['type-only'] };

/**
 * Who may import whom, one rule for each sentence of the architecture; tests/architecture/violations holds one file that
 * breaks it. Paths are those of the files that imports resolve to. Tests beside the code may reach test packages and
 * tests/.
 *
 * @type {import('dependency-cruiser').IForbiddenRuleType[]}
 */
const forbidden = [
  {
    name: 'no-circular',
    comment: 'A cycle has no first file to read. Types may refer to each other.',
    from: {},
    to: { circular: true, viaOnly: valuesOnly },
  },
  {
    name: 'resolves',
    comment: 'Every import leads to a file or a package that is there.',
    from: {},
    to: { couldNotResolve: true },
  },
  {
    name: 'domain-is-pure',
    comment: 'The rules of the trade reach nothing but themselves.',
    from: { path: '^electron/domain/', pathNot: test },
    to: { pathNot: '^electron/domain/' },
  },
  {
    name: 'contract-knows-domain-and-zod',
    from: { path: '^electron/contract/', pathNot: test },
    to: { pathNot: ['^electron/(contract|domain)/', npmPackage('zod')] },
  },
  {
    name: 'only-schema-knows-zod',
    comment: 'schema.ts switches off generated code before the first schema is made; the content policy refuses it.',
    from: { path: '^(electron|renderer|tests)/', pathNot: '^electron/contract/schema\\.ts$' },
    to: { path: npmPackage('zod') },
  },
  {
    name: 'host-is-plain-node',
    comment: 'The host runs in plain Node. Types may come from anywhere.',
    from: { path: '^electron/host/', pathNot: test },
    to: {
      path: ['^electron/(main|preload)/', '^renderer/', npmPackage('electron', 'react', 'react-dom')],
      ...valuesOnly,
    },
  },
  {
    name: 'only-shell-knows-electron',
    comment: 'Importing electron, even in a test, may start a download.',
    from: { path: '^electron/', pathNot: '^electron/(main|preload)/' },
    to: { path: npmPackage('electron') },
  },
  {
    name: 'host-parts-meet-in-create-host',
    comment: 'A folder of the host reaches its own files and ports/; create-host.ts and entries/ know every part.',
    from: { path: '^electron/host/([^/]+)/', pathNot: ['^electron/host/entries/', test] },
    to: { path: '^electron/host/', pathNot: '^electron/host/($1|ports)/' },
  },
  {
    name: 'only-projection-knows-sql',
    from: { path: '^(electron|renderer)/', pathNot: '^electron/host/projection/' },
    to: { path: npmPackage('sql\\.js', 'better-sqlite3') },
  },
  {
    name: 'shell-is-thin',
    comment: 'Main and preload see the contract alone. Types may come from anywhere.',
    from: { path: '^electron/(main|preload)/', pathNot: test },
    to: { path: ['^electron/(host|domain)/', '^renderer/'], ...valuesOnly },
  },
  {
    name: 'renderer-sees-domain-and-contract',
    from: { path: '^renderer/', pathNot: test },
    to: { path: '^electron/', pathNot: '^electron/(domain|contract)/' },
  },
  {
    name: 'renderer-is-a-browser',
    from: { path: '^renderer/', pathNot: test },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'renderer-has-no-electron',
    from: { path: '^renderer/', pathNot: test },
    to: { path: npmPackage('electron') },
  },
  {
    name: 'features-are-islands',
    from: { path: '^renderer/features/([^/]+)/' },
    to: { path: '^renderer/features/', pathNot: '^renderer/features/$1/' },
  },
  {
    name: 'ui-is-a-leaf',
    from: { path: '^renderer/ui/', pathNot: test },
    to: { path: '^renderer/', pathNot: '^renderer/ui/' },
  },
  {
    name: 'wall-is-read-only',
    from: { path: '^renderer/wall/' },
    to: { path: '^renderer/(features|actions|desk|briefing|gallery)/' },
  },
  {
    name: 'briefing-is-paper',
    from: { path: '^renderer/briefing/' },
    to: { path: '^renderer/(features|actions|desk|wall|gallery)/' },
  },
  {
    name: 'tests-stay-out-of-product',
    comment: 'The gallery shows made-up data and may.',
    from: { path: '^(electron|renderer)/', pathNot: [test, '^renderer/gallery/'] },
    to: { path: '^tests/' },
  },
];

export default {
  forbidden: forbidden.map((rule) => ({ severity: 'error', ...rule })),
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^tests/architecture/(violations|compiler)/' },
    // Imports are seen as written, so that type-only ones are seen and told apart.
    tsPreCompilationDeps: 'specify',
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types', 'typings'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.d.ts', '.json', '.css'],
    },
  },
};
