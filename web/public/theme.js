// Before the first paint, so that a chosen theme does not flash. A file of its own, because the page allows no inline script.
try {
  const theme = localStorage.getItem('orrery.theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
  if (localStorage.getItem('orrery.motion') === 'reduced') document.documentElement.dataset.motion = 'reduced'
} catch {}
