import { describe } from './kind';

export const book = describe({
  name: 'book',
  icon: 'book',
  opens: 'reader',
  verb: 'Read',
  resumeVerb: 'Read on',
  done: 'read',
  continues: false,
});
