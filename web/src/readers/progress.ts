/** Where somebody is in a book, told to the server as they read. */
import { api } from '~/api/client';
import type { ProgressAnswer } from '~/api/types';
import { Reporter } from '~/player/report';

export interface Place {
  locator: string | null;
  fraction: number;
}

/** Where to open: the newest place of any device. */
export async function lastPlace(itemId: string): Promise<Place> {
  try {
    const answer = await api.get<ProgressAnswer>(`/items/${itemId}/progress`);
    // Who comes back to a book that was finished another day reads it again; a reload at its end does not.
    const old = Date.now() - (answer.mine?.played_at_ms ?? 0) > 36e5;
    if (answer.mine?.finished && old) return { locator: null, fraction: 0 };
    return { locator: answer.locator, fraction: answer.mine?.fraction ?? 0 };
  } catch {
    return { locator: null, fraction: 0 };
  }
}

export const pageLocator = (page: number) => `page=${page}`;

/** The 1-based page of a locator, or the page at `fraction` of `count`. */
export function pageOf(place: Place, count: number): number {
  const named = /^page=(\d+)$/.exec(place.locator ?? '');
  const page = named ? Number(named[1]) : Math.round(place.fraction * (count - 1)) + 1;
  return Math.max(1, Math.min(page || 1, count));
}

/** Reports a reader's place, soon but not at every page, and at once when the reader is left. */
export class ReadingProgress {
  #reporter = new Reporter(4000);
  #first = true;

  constructor(readonly itemId: string) {
    addEventListener('pagehide', this.#leave);
    document.addEventListener('visibilitychange', this.#hide);
  }

  /** Opening a book is not reading it: the place where it opened is not told again. */
  note(locator: string, fraction: number, finished: boolean): void {
    if (this.#first) {
      this.#first = false;
      return;
    }
    this.#reporter.note(this.itemId, {
      locator,
      fraction: Math.round(fraction * 1e5) / 1e5,
      finished: finished || undefined,
    });
  }

  #leave = () => this.#reporter.flush(true);
  #hide = () => document.visibilityState === 'hidden' && this.#reporter.flush(true);

  close(): void {
    removeEventListener('pagehide', this.#leave);
    document.removeEventListener('visibilitychange', this.#hide);
    this.#reporter.flush();
  }
}
