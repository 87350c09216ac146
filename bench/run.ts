// Runs one measurement: `npm run bench -- NAME [--json]`. Each prints what it measured, the limit measured in the same
// run, and the ratio; with --json one object a line. Nothing is asserted: a figure is a figure of one machine.
const [name, ...options] = process.argv.slice(2);
if (!name || !/^[a-z][a-z-]*$/.test(name)) {
  process.stderr.write('usage: npm run bench -- NAME [--json]\n');
  process.exit(2);
}
const isJson = options.includes('--json');
const { run } = (await import(`./${name}.ts`)) as {
  run(report: (row: Record<string, unknown>) => void): Promise<void>;
};
await run((row) => {
  const text = isJson
    ? JSON.stringify(row)
    : Object.entries(row)
        .map(([key, value]) => `${key}=${value}`)
        .join('  ');
  process.stdout.write(`${text}\n`);
});
process.exit(0);
