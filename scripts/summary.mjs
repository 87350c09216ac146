// The closing line of a test run, from the report that vitest wrote: `N passed, N failed`.
import { readFile } from 'node:fs/promises';

const report = JSON.parse(await readFile('coverage/results.json', 'utf8'));
console.log(`${report.numPassedTests} passed, ${report.numFailedTests} failed`);
