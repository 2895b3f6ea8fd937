/** Tells the server where somebody is, so that every device goes on from there. */
import { api } from '~/api/client';
import { deviceName } from '~/api/session.svelte';
import type { ProgressReport } from '~/api/types';

/** Sends one report; `last` for the moment the page goes away, when only a keepalive request survives. */
export function report(itemId: string, progress: ProgressReport, last = false): Promise<unknown> {
  const body = { happened_at_ms: Date.now(), device: deviceName(), ...progress };
  return api.put(`/items/${itemId}/progress`, body, { keepalive: last }).catch(() => undefined);
}

/** A reporter that holds back: at most one report in `everyMs`, and the newest when `flush` is called. */
export class Reporter {
  #pending: { id: string; progress: ProgressReport } | null = null;
  #sent = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly everyMs: number) {}

  note(id: string, progress: ProgressReport): void {
    if (this.#pending && this.#pending.id !== id) this.flush();
    this.#pending = { id, progress: { happened_at_ms: Date.now(), ...progress } };
    const wait = this.#sent + this.everyMs - Date.now();
    if (wait <= 0) this.flush();
    else if (!this.#timer) this.#timer = setTimeout(() => this.flush(), wait);
  }

  flush(last = false): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#pending) return;
    const { id, progress } = this.#pending;
    this.#pending = null;
    this.#sent = Date.now();
    void report(id, progress, last);
  }
}
