import { announce, h } from './dom.ts';

/** A button that copies a text, made when it is pressed. */
export function copyButton(label: string, text: () => string): HTMLButtonElement {
  const button = h('button', { type: 'button', class: 'quiet' }, label);
  button.addEventListener('click', () => void copyFrom(button, text()));
  return button;
}

/** Copies a text and says so on the button that was pressed. */
export async function copyFrom(button: HTMLElement, text: string): Promise<void> {
  const label = button.textContent;
  const copied = await copy(text);
  button.textContent = copied ? 'Copied' : 'Press Ctrl+C';
  announce(copied ? 'Copied' : 'The browser refused to copy; the text is selected.');
  setTimeout(() => {
    button.textContent = label;
  }, 1500);
}

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // A page opened from disk may not have the clipboard; the old way still works there.
    return copyBySelection(text);
  }
}

function copyBySelection(text: string): boolean {
  const area = h('textarea', { class: 'sr', 'aria-hidden': 'true' });
  area.value = text;
  const dialog = document.querySelector('dialog[open]') ?? document.body;
  dialog.append(area);
  area.select();
  const copied = document.execCommand('copy');
  area.remove();
  return copied;
}

/** Offers a text as a file. */
export function saveFile(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = h('a', { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
