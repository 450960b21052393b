const storageKey = 'bgop-theme';
const themes = ['', 'light', 'dark'] as const;

/** Takes the theme that the reader chose before; without one the system's. */
export function restoreTheme(): void {
  try {
    use(localStorage.getItem(storageKey) ?? '');
  } catch {
    // A page opened from disk may have no storage; then every visit begins with the system's theme.
  }
}

/** Goes from the system's theme to light, to dark, and back. */
export function nextTheme(): void {
  const now = document.documentElement.dataset['theme'] ?? '';
  const next = themes[(themes.findIndex((theme) => theme === now) + 1) % themes.length] ?? '';
  use(next);
  try {
    localStorage.setItem(storageKey, next);
  } catch {
    // See above.
  }
}

function use(theme: string): void {
  if (theme === '') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  const button = document.querySelector('[data-action=theme]');
  if (button !== null) button.textContent = `Theme: ${theme === '' ? 'system' : theme}`;
}
