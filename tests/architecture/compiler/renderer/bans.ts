// @ts-expect-error no process
process.exit();
// @ts-expect-error no buffers of Node
Buffer.from('x');
// @ts-expect-error no modules of Node
import 'node:fs';
// @ts-expect-error no folder of a file
__dirname;
