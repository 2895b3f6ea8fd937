import type { ItemFile } from '~/api/types';

const BOOKS = new Set(['epub', 'mobi', 'azw', 'azw3', 'kf8', 'fb2', 'fbz']);
const COMICS = new Set(['cbz', 'cbr', 'cb7', 'cbt', 'zip', 'rar', '7z', 'tar']);

export type ReaderName = 'epub' | 'pdf' | 'comic';

/** Which reader opens a file, or null when none does. */
export function readerFor(file: Pick<ItemFile, 'format' | 'media' | 'name'>): ReaderName | null {
  const format = (file.format || '').toLowerCase();
  const ending = file.name.split('.').pop()?.toLowerCase() ?? '';
  for (const word of [format, ending]) {
    if (word === 'pdf') return 'pdf';
    if (BOOKS.has(word)) return 'epub';
    if (COMICS.has(word)) return 'comic';
  }
  return file.media === 'comic' ? 'comic' : null;
}
