/** The one place that knows how the server is called. */
import type { Problem } from './types';

export const API = '/api/v1';

/** What the server (or the network) said went wrong, as sentences for people. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem | null,
  ) {
    super(problem?.detail || problem?.title || sentence(status));
  }
  get hint(): string {
    return this.problem?.hint ?? '';
  }
}

function sentence(status: number): string {
  if (status === 0) return 'The server cannot be reached.';
  if (status === 404) return 'This is not here any more.';
  if (status === 403) return 'Your account may not do this.';
  return `The server answered with error ${status}.`;
}

let onSignedOut: () => void = () => {};
/** Registers what happens when the session has ended. */
export function whenSignedOut(action: () => void): void {
  onSignedOut = action;
}

export type Query = Record<string, string | number | boolean | null | undefined>;

/** `path?query` with the empty values left out. */
export function withQuery(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query))
    if (value !== null && value !== undefined && value !== '') search.set(key, String(value));
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

interface Options {
  signal?: AbortSignal;
  keepalive?: boolean;
}

async function call<T>(method: string, path: string, body?: unknown, options: Options = {}): Promise<T> {
  const headers: Record<string, string> = { Accept: 'application/json', 'X-Medley': '1' };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  let answer: Response;
  try {
    answer = await fetch(API + path, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: 'same-origin',
      ...options,
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError(0, null);
  }
  return read<T>(answer, path);
}

async function read<T>(answer: Response, path: string): Promise<T> {
  if (answer.status === 204) return undefined as T;
  const isJson = (answer.headers.get('content-type') ?? '').includes('json');
  const data = isJson ? await answer.json() : null;
  if (answer.ok) return data as T;
  if (answer.status === 401 && path !== '/sessions') onSignedOut();
  throw new ApiError(answer.status, data as Problem | null);
}

export const api = {
  get: <T>(path: string, query?: Query, options?: Options) =>
    call<T>('GET', withQuery(path, query), undefined, options),
  post: <T>(path: string, body: unknown = {}, options?: Options) => call<T>('POST', path, body, options),
  put: <T>(path: string, body: unknown = {}, options?: Options) => call<T>('PUT', path, body, options),
  patch: <T>(path: string, body: unknown = {}) => call<T>('PATCH', path, body),
  delete: <T = void>(path: string) => call<T>('DELETE', path),
};

const WIDTHS = [160, 320, 640, 1280];

/** The address of a picture at least `cssWidth` wide on this screen. */
export function artworkUrl(id: string, cssWidth: number): string {
  const wanted = cssWidth * Math.min(globalThis.devicePixelRatio || 1, 3);
  const width = WIDTHS.find((w) => w >= wanted) ?? WIDTHS[WIDTHS.length - 1];
  return `${API}/artwork/${id}?width=${width}`;
}

export const fileUrl = (id: string, what: string) => `${API}/files/${id}/${what}`;
