// @ts-expect-error no timers
setTimeout(() => undefined, 1);
// @ts-expect-error no chance
crypto.randomUUID();
// @ts-expect-error no process
process.exit();
// @ts-expect-error no page
document.title;
// @ts-expect-error no console
console.log('x');
// @ts-expect-error no network
fetch('x');
// @ts-expect-error no modules of Node
import 'node:fs';
