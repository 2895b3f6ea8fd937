/** Who is signed in, and what this server knows: kinds and sources. */
import { api, whenSignedOut } from './client';
import { forgetAll } from './resource.svelte';
import { rank } from '~/kinds';
import type { KindInfo, Permission, Server, Source, User } from './types';

type State = 'loading' | 'setup' | 'out' | 'in' | 'broken';

class SessionState {
  state = $state<State>('loading');
  server = $state.raw<Server | null>(null);
  me = $state.raw<User | null>(null);
  kinds = $state.raw<KindInfo[]>([]);
  sources = $state.raw<Source[]>([]);
  trouble = $state('');

  constructor() {
    whenSignedOut(() => {
      if (this.state === 'in') this.#leave();
    });
  }

  async start(): Promise<void> {
    try {
      this.server = await api.get<Server>('/server');
      if (this.server.setup_needed) this.state = 'setup';
      else await this.#enter();
    } catch (error) {
      this.trouble = (error as Error).message;
      this.state = 'broken';
    }
  }

  async #enter(): Promise<void> {
    try {
      this.me = await api.get<User>('/me');
    } catch {
      this.state = 'out';
      return;
    }
    await Promise.all([this.reloadKinds(), this.reloadSources()]);
    this.state = 'in';
  }

  #leave(): void {
    this.me = null;
    forgetAll();
    this.state = 'out';
  }

  async setUp(code: string, name: string, password: string): Promise<void> {
    await api.post('/setup', { code, name, password });
    await this.#enter();
    if (this.state !== 'in') await this.signIn(name, password);
  }

  async signIn(name: string, password: string): Promise<void> {
    await api.post('/sessions', { name, password, device: deviceName() });
    forgetAll();
    await this.#enter();
    if (this.state !== 'in') throw new Error('The browser did not keep the session. Are cookies allowed?');
  }

  async signOut(): Promise<void> {
    await api.delete('/sessions/current').catch(() => undefined);
    this.#leave();
  }

  async reloadKinds(): Promise<void> {
    const answer = await api.get<KindInfo[] | { items: KindInfo[] }>('/kinds');
    const kinds = Array.isArray(answer) ? answer : answer.items;
    this.kinds = kinds.toSorted((a, b) => rank(a.name) - rank(b.name));
  }

  async reloadSources(): Promise<void> {
    const answer = await api.get<Source[] | { items: Source[] }>('/sources');
    this.sources = Array.isArray(answer) ? answer : answer.items;
  }

  may(permission: Permission): boolean {
    return this.me?.permissions.includes(permission) ?? false;
  }

  kind(name: string): KindInfo | undefined {
    return this.kinds.find((kind) => kind.name === name);
  }

  /** How many items of `kind/level` all sources hold. */
  count(kind: string, level: string): number {
    return this.sources.reduce((sum, source) => sum + (source.counts?.[`${kind}/${level}`] ?? 0), 0);
  }

  /** The kinds of which there is anything. */
  get filled(): KindInfo[] {
    return this.kinds.filter((kind) => kind.levels.some((level) => this.count(kind.name, level.name) > 0));
  }
}

export function deviceName(): string {
  const agent = navigator.userAgent;
  const browser = /Firefox|Edg|Chrome|Safari/.exec(agent)?.[0]?.replace('Edg', 'Edge') ?? 'Browser';
  const system = /Android|iPhone|iPad|Windows|Mac OS|Linux/.exec(agent)?.[0] ?? '';
  return system ? `${browser} on ${system}` : browser;
}

export const session = new SessionState();
