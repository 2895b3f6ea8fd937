/** What the server tells while it happens: jobs, notices, new and changed items. */
import { API, api } from './client';
import { invalidate } from './resource.svelte';
import { session } from './session.svelte';
import type { Job, Page } from './types';

const RUNNING = new Set(['running', 'queued', 'waiting', 'pending', 'enqueued']);

class Events {
  jobs = $state.raw<Map<string, Job>>(new Map());
  connected = $state(false);
  #source: EventSource | null = null;
  #stale = new Set<string>();
  #timer = 0;

  get active(): Job[] {
    return [...this.jobs.values()].filter((job) => RUNNING.has(job.state.toLowerCase()));
  }

  open(): void {
    if (this.#source) return;
    if (session.may('system.configure')) void this.#loadJobs();
    const source = (this.#source = new EventSource(`${API}/events`, { withCredentials: true }));
    source.onopen = () => (this.connected = true);
    source.onerror = () => (this.connected = false);
    const on = (name: string, act: (data: Record<string, unknown>) => void) =>
      source.addEventListener(name, (event) => act(parse((event as MessageEvent<string>).data)));
    on('JobChanged', (data) => this.#job(data));
    for (const name of [
      'ItemsAdded',
      'ItemsChanged',
      'ItemsRemoved',
      'ItemAdded',
      'ItemChanged',
      'ItemRemoved',
    ])
      on(name, () => this.#later('/items', '/home'));
    on('ProgressChanged', (data) => this.#later('/home', `/items/${String(data.item_id)}`));
    on('SourceChanged', () => this.#later('/sources'));
    on('NoticeRaised', () => this.#later('/notices'));
    on('PodcastChanged', () => this.#later('/podcasts'));
  }

  close(): void {
    this.#source?.close();
    this.#source = null;
    this.connected = false;
  }

  put(job: Job): void {
    this.jobs = new Map(this.jobs).set(job.id, job);
  }

  async #loadJobs(): Promise<void> {
    const answer = await api.get<Page<Job>>('/jobs').catch(() => null);
    if (answer) this.jobs = new Map(answer.items.map((job) => [job.id, job]));
  }

  #job(data: Record<string, unknown>): void {
    const job = (data.job ?? data) as Partial<Job> & { job_id?: string };
    const id = job.id ?? job.job_id;
    if (!id) return;
    const known = this.jobs.get(id);
    const whole = { ...(known ?? { kind: '', title: 'Job', created_at_ms: Date.now() }), ...job, id } as Job;
    if (!whole.state) return;
    this.put(whole);
    if (!known && session.may('system.configure')) void this.#loadJobs();
    if (known && RUNNING.has(known.state.toLowerCase()) && !RUNNING.has(whole.state.toLowerCase()))
      this.#later('/sources', '/items', '/home');
  }

  /** A scan tells thousands of changes: what is on screen is refreshed at most every two seconds. */
  #later(...prefixes: string[]): void {
    for (const prefix of prefixes) this.#stale.add(prefix);
    if (this.#timer) return;
    this.#timer = window.setTimeout(() => {
      this.#timer = 0;
      const stale = [...this.#stale];
      this.#stale.clear();
      if (stale.includes('/sources') || stale.includes('/items')) void session.reloadSources();
      invalidate(...stale);
      for (const listener of this.#listeners) listener(stale);
    }, 2000);
  }

  #listeners = new Set<(stale: string[]) => void>();
  /** Calls `listener` with the stale prefixes; returns how to stop. */
  onStale(listener: (stale: string[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

function parse(text: string): Record<string, unknown> {
  try {
    const data: unknown = JSON.parse(text);
    return typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

export const events = new Events();
