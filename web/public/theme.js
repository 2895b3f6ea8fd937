// Runs before the first paint so that a chosen theme never flashes; inline scripts are forbidden by the CSP.
(function () {
  var theme = null;
  try {
    theme = localStorage.getItem('medley.theme');
  } catch (_) {
    theme = null;
  }
  if (theme === 'dark' || theme === 'light') document.documentElement.dataset.theme = theme;
})();
