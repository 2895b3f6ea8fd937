/** Short messages at the edge of the screen. */
export interface Toast {
  id: number;
  text: string;
  bad: boolean;
  action?: { label: string; run: () => void };
}

class Toasts {
  list = $state.raw<Toast[]>([]);
  #last = 0;

  say(text: string, options: { bad?: boolean; action?: Toast['action'] } = {}): void {
    const id = ++this.#last;
    this.list = [...this.list, { id, text, bad: options.bad ?? false, action: options.action }];
    setTimeout(() => this.drop(id), options.bad ? 8000 : 5000);
  }

  drop(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }
}

export const toasts = new Toasts();

/** Runs `work`; a failure is told and becomes undefined. */
export async function attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    const hint = (error as { hint?: string }).hint;
    toasts.say([(error as Error).message, hint].filter(Boolean).join(' '), { bad: true });
    return undefined;
  }
}
