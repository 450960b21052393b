const storageKey = 'simulator-theme';
const themes = ['', 'light', 'dark'];

/** Takes the theme that was chosen before, else the system's; the button goes on to the next one. */
export function startTheme(button) {
  use(stored(), button);
  button.addEventListener('click', () => {
    const now = document.documentElement.dataset.theme ?? '';
    const next = themes[(themes.indexOf(now) + 1) % themes.length];
    use(next, button);
    try {
      localStorage.setItem(storageKey, next);
    } catch {
      // Without storage every visit begins with the system's theme.
    }
  });
}

function stored() {
  try {
    const kept = localStorage.getItem(storageKey) ?? '';
    return themes.includes(kept) ? kept : '';
  } catch {
    return '';
  }
}

function use(theme, button) {
  if (theme === '') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  button.textContent = `Theme: ${theme === '' ? 'system' : theme}`;
}
