import { enableCompileCache } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { COMPILE_CACHE } from './stack/settings.ts';

// Before anything else is loaded: what Node compiled at an earlier start is not compiled again, and the garbage of
// loading does not stay as memory that the servers never need again.
if (!process.env.NODE_V8_COVERAGE) enableCompileCache(COMPILE_CACHE);
setFlagsFromString('--heap-growing-percent=50');
setFlagsFromString('--semi-space-growth-factor=1');
await import('./start/run.ts');
