// Loaded into a process under test: it has a mistake somewhere, which shows when it is told to.
process.on('SIGUSR2', () => {
  if (process.env.MISTAKE === 'rejection') Promise.reject(new Error('a promise nobody awaits'));
  else throw new Error('an exception nobody catches');
});
