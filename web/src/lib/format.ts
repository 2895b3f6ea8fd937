/** Numbers and times as people read them. */

/** 3725000 → "1:02:05". */
export function clock(ms: number | null | undefined): string {
  const total = Math.max(0, Math.floor((ms ?? 0) / 1000));
  const [h, m, s] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const two = (n: number) => String(n).padStart(2, '0');
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** 6725000 → "1 h 52 min". */
export function length(ms: number | null | undefined): string {
  if (!ms) return '';
  const minutes = Math.round(ms / 60000);
  if (ms < 60000) return `${Math.round(ms / 1000)} s`;
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest ? `${Math.floor(minutes / 60)} h ${rest} min` : `${minutes / 60} h`;
}

export function size(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let i = 0;
  let n = bytes;
  while (n >= 1000 && i < units.length - 1) {
    n /= 1000;
    i += 1;
  }
  return `${n >= 100 || i === 0 ? Math.round(n) : n.toFixed(1)} ${units[i]}`;
}

export const number = (n: number) => n.toLocaleString();

export function plural(n: number, one: string, many = `${one}s`): string {
  return `${number(n)} ${n === 1 ? one : many}`;
}

/** Partial ISO dates stay as exact as they are: "1994", "March 1994", "1 March 1994". */
export function date(text: string | null | undefined): string {
  if (!text) return '';
  const [y, m, d] = text.slice(0, 10).split('-').map(Number);
  if (!y) return text;
  if (!m) return String(y);
  const options: Intl.DateTimeFormatOptions = { year: 'numeric', month: 'long' };
  if (d) options.day = 'numeric';
  return new Date(y, m - 1, d || 1).toLocaleDateString(undefined, options);
}

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31536e6],
  ['month', 2592e6],
  ['day', 864e5],
  ['hour', 36e5],
  ['minute', 6e4],
];

/** "3 hours ago". */
export function ago(ms: number | null | undefined, now = Date.now()): string {
  if (!ms) return 'never';
  const past = ms - now;
  const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });
  for (const [unit, step] of STEPS)
    if (Math.abs(past) >= step) return relative.format(Math.round(past / step), unit);
  return 'just now';
}

const languages = (() => {
  try {
    return new Intl.DisplayNames(undefined, { type: 'language' });
  } catch {
    return null;
  }
})();

export function language(code: string | undefined): string {
  if (!code || code === 'und') return '';
  try {
    return languages?.of(code) ?? code;
  } catch {
    return code;
  }
}
