import { resolve } from 'node:path';
import { api, isMethodName, methodNames, type MethodName } from '#contract/api.ts';
import { z } from '#contract/schema.ts';
import { askHost } from './ask-host.ts';
import { defaultDataFolder } from './default-folders.ts';
import { readHostFile } from './host-file.ts';

/** Exit codes: 0 answered, 1 refused by the host (the code is on stderr), 2 wrong call, 3 no host to be reached. */
async function main(args: readonly string[]): Promise<number> {
  if (args.length === 0 || args.includes('--help')) {
    process.stdout.write(help(args.find((argument) => isMethodName(argument))));
    return 0;
  }
  const dataAt = args.indexOf('--data');
  const rest = dataAt < 0 ? args : args.filter((_, index) => index !== dataAt && index !== dataAt + 1);
  const named = dataAt < 0 ? defaultDataFolder() : args[dataAt + 1];
  if (named === undefined) return wrongCall('--data needs a value DIR');
  const dataFolder = resolve(calledFrom(), named);
  const [method, text = '{}', ...more] = rest;
  if (method === undefined || !isMethodName(method)) return wrongCall(`unknown method ${method}; --help lists them`);
  if (more.length > 0) return wrongCall(`too many arguments: ${more.join(' ')}; write the input as one JSON text`);
  let input: unknown;
  try {
    input = JSON.parse(text);
  } catch (cause) {
    return wrongCall(`the input is not JSON (${cause instanceof Error ? cause.message : String(cause)}): ${text}`);
  }

  const host = await readHostFile(dataFolder);
  if (host === null) return unreachable(`no host runs on ${dataFolder}: start one with npm start -- --data DIR`);
  const answer = await askHost(host, method, withFullPaths(method, input));
  if (answer.kind === 'unreachable')
    return unreachable(`${answer.reason}; is the host on ${dataFolder} still running?`);
  if (answer.kind === 'failure') {
    process.stderr.write(`${JSON.stringify(answer.error)}\n`);
    return 1;
  }
  process.stdout.write(`${JSON.stringify(answer.value)}\n`);
  return 0;
}

/** Paths are meant from the folder `ctl` is called in; npm changes it and tells the old one. */
function calledFrom(): string {
  return process.env['INIT_CWD'] ?? process.cwd();
}

const pathNames = ['path', 'mapping', 'to', 'folder'];

/** The host may run in another folder. */
function withFullPaths(method: MethodName, input: unknown): unknown {
  const hasPaths = method.startsWith('import.') || method.startsWith('backup.');
  if (!hasPaths || typeof input !== 'object' || input === null) return input;
  const base = calledFrom();
  return Object.fromEntries(
    Object.entries(input).map(([key, value]) =>
      pathNames.includes(key) && typeof value === 'string' ? [key, resolve(base, value)] : [key, value],
    ),
  );
}

function help(only: MethodName | undefined): string {
  const names = only === undefined ? methodNames : [only];
  const methods = names.map((name) => {
    const { about, example, input, errors } = api[name];
    const schema = JSON.stringify(z.toJSONSchema(input, { io: 'input' }));
    return [
      name,
      `  ${about}`,
      `  example '${JSON.stringify(example)}'`,
      `  input   ${schema}`,
      `  refuses ${errors.join(', ') || 'nothing of its own'}`,
      '',
    ].join('\n');
  });
  const head = [
    "npm run ctl -- [--data DIR] METHOD ['JSON']",
    '',
    'Calls a method of the contract on the host that runs on DIR and prints its answer as JSON.',
    'Exit code 1: refused, the error as JSON on stderr; 2: wrong call; 3: no host.',
    "'ctl METHOD --help' shows one method. Streams are for windows and are not called here.",
    '',
  ];
  return `${[...(only === undefined ? head : []), ...methods].join('\n')}\n`;
}

function wrongCall(problem: string): number {
  process.stderr.write(`${problem}\n`);
  return 2;
}

function unreachable(problem: string): number {
  process.stderr.write(`${problem}\n`);
  return 3;
}

// Whoever reads the answer may have enough of it: `ctl cases.list | head`.
process.stdout.on('error', (cause: NodeJS.ErrnoException) => {
  if (cause.code !== 'EPIPE') throw cause;
  process.exit(0);
});
process.exitCode = await main(process.argv.slice(2));
