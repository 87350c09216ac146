import { setFlagsFromString } from 'node:v8';

// Garbage is collected before the heap has grown by half, not when it has grown fourfold: an import of a million rows in
// the API's process took 290 MiB more than an idle one without this, and 75 to 95 with it, at the same rate. Set before
// anything else is loaded, since loading is what first lets the heap grow.
setFlagsFromString('--heap-growing-percent=50');

const { runCommand } = await import('./main/commands.ts');
await runCommand(process.argv.slice(2));
