/** A setting of this browser, kept in local storage where that is allowed. */
export class Stored<T> {
  #value = $state() as T;
  readonly #key: string;

  constructor(key: string, fallback: T) {
    this.#key = `medley.${key}`;
    this.#value = fallback;
    try {
      const text = localStorage.getItem(this.#key);
      if (text !== null) this.#value = typeof fallback === 'string' ? (text as T) : (JSON.parse(text) as T);
    } catch {
      // Private windows may forbid storage; the fallback serves.
    }
  }

  get value(): T {
    return this.#value;
  }

  set value(value: T) {
    this.#value = value;
    try {
      localStorage.setItem(this.#key, typeof value === 'string' ? value : JSON.stringify(value));
    } catch {
      // As above.
    }
  }
}
