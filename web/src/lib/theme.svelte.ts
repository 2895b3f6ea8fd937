import { Stored } from './stored.svelte';

export type Theme = 'system' | 'dark' | 'light';

const stored = new Stored<string>('theme', 'system');

export const theme = {
  get value(): Theme {
    return stored.value as Theme;
  },
  set value(value: Theme) {
    stored.value = value;
    if (value === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = value;
  },
};

/** Whether the page is dark now, whatever decided it. */
export function isDark(): boolean {
  if (theme.value !== 'system') return theme.value === 'dark';
  return matchMedia('(prefers-color-scheme: dark)').matches;
}
