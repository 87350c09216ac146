import { enableCompileCache } from 'node:module';
import { COMPILE_CACHE } from './stack/settings.ts';

// Before anything else is loaded: what Node compiled at an earlier start is not compiled again.
if (!process.env.NODE_V8_COVERAGE) enableCompileCache(COMPILE_CACHE);
await import('./start/run.ts');
