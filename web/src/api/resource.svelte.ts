/** Reading from the server in components: remembered answers are shown at once and refreshed behind. */
import { ApiError, api } from './client';

const remembered = new Map<string, unknown>();
const LIMIT = 200;
const live = new Set<Resource<unknown>>();

function remember(key: string, value: unknown): void {
  remembered.delete(key);
  remembered.set(key, value);
  if (remembered.size > LIMIT) remembered.delete(remembered.keys().next().value as string);
}

/** Forgets remembered answers and reloads those on screen whose path starts with one of `prefixes`. */
export function invalidate(...prefixes: string[]): void {
  const hit = (key: string) => prefixes.some((prefix) => key.startsWith(prefix));
  for (const key of [...remembered.keys()]) if (hit(key)) remembered.delete(key);
  for (const resource of live) if (resource.key && hit(resource.key)) void resource.reload();
}

/** Forgets everything: another person signs in. */
export function forgetAll(): void {
  remembered.clear();
}

export class Resource<T> {
  data = $state.raw<T | undefined>();
  error = $state.raw<ApiError | null>(null);
  loading = $state(false);
  key: string | null = null;
  #abort: AbortController | null = null;

  open(key: string | null): void {
    this.#abort?.abort();
    this.key = key;
    this.error = null;
    this.data = key === null ? undefined : (remembered.get(key) as T | undefined);
    if (key !== null) void this.reload();
  }

  async reload(): Promise<void> {
    const key = this.key;
    if (key === null) return;
    this.#abort?.abort();
    const abort = (this.#abort = new AbortController());
    this.loading = true;
    try {
      const data = await api.get<T>(key, undefined, { signal: abort.signal });
      remember(key, data);
      if (this.key === key) this.set(data);
    } catch (error) {
      if (this.key === key && error instanceof ApiError) this.error = error;
    } finally {
      if (this.#abort === abort) this.loading = false;
    }
  }

  set(data: T): void {
    this.data = data;
    this.error = null;
    if (this.key !== null) remember(this.key, data);
  }

  close(): void {
    this.#abort?.abort();
    live.delete(this as Resource<unknown>);
  }

  watch(): void {
    live.add(this as Resource<unknown>);
  }
}

/** A resource that follows `key` (a path below the API, or null for none) as long as its component lives. */
export function resource<T>(key: () => string | null): Resource<T> {
  const result = new Resource<T>();
  $effect.pre(() => {
    const path = key();
    result.watch();
    if (path !== result.key || result.data === undefined) result.open(path);
  });
  $effect(() => () => result.close());
  return result;
}
