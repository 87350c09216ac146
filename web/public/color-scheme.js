// Before the first paint and as a file of its own, because the page allows no inline script: no flash of the other scheme.
(() => {
  let scheme = 'auto';
  try {
    scheme = localStorage.getItem('color-scheme') ?? 'auto';
  } catch {
    // Storage can be forbidden; the system's own scheme is a good answer then.
  }
  if (scheme !== 'light' && scheme !== 'dark') {
    scheme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  }
  document.documentElement.setAttribute('data-mantine-color-scheme', scheme);
})();
