/** A question that must be answered before something is lost. */
export interface Question {
  title: string;
  text: string;
  yes: string;
}

class Asking {
  question = $state.raw<Question | null>(null);
  #answered: (yes: boolean) => void = () => {};

  /** Whether the person says yes; closing the question is a no. */
  ask(question: Question): Promise<boolean> {
    this.answer(false);
    this.question = question;
    return new Promise((resolve) => (this.#answered = resolve));
  }

  answer(yes: boolean): void {
    this.question = null;
    this.#answered(yes);
  }
}

export const asking = new Asking();
export const ask = (question: Question): Promise<boolean> => asking.ask(question);
